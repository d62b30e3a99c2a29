(* Parses a generated JSON text and sums what is in it. *)
type json = Null | Bool of bool | Int of int | String of string | List of json list | Object of (string * json) list

exception Syntax of int

let generate n =
  let b = Buffer.create 100_000 in
  Buffer.add_string b "[";
  for i = 1 to n do
    if i > 1 then Buffer.add_string b ", ";
    Buffer.add_string b "{\"id\": ";
    Buffer.add_string b (string_of_int i);
    Buffer.add_string b ", \"name\": \"item number ";
    Buffer.add_string b (string_of_int (i * 7919 mod 10007));
    Buffer.add_string b "\", \"tags\": [\"red\", \"green\", \"a\\\"b\"], \"price\": -";
    Buffer.add_string b (string_of_int (i mod 997));
    Buffer.add_string b ", \"ok\": ";
    Buffer.add_string b (if i mod 3 = 0 then "true" else "false");
    Buffer.add_string b ", \"none\": null}"
  done;
  Buffer.add_string b "]";
  Buffer.contents b

let rec skip s i = match s.[i] with ' ' | '\n' | '\t' | '\r' -> skip s (i + 1) | _ -> i

let expect s i word =
  let n = String.length word in
  if i + n <= String.length s && String.sub s i n = word then i + n else raise (Syntax i)

let rec digits s i n = match s.[i] with '0' .. '9' as c -> digits s (i + 1) ((n * 10) + Char.code c - 48) | _ -> (n, i)

let rec plain_end s i = match s.[i] with '"' | '\\' -> i | _ -> plain_end s (i + 1)

let string s i =
  let stop = plain_end s i in
  if s.[stop] = '"' then (String.sub s i (stop - i), stop + 1)
  else begin
    let b = Buffer.create 32 in
    let rec go i =
      let stop = plain_end s i in
      Buffer.add_substring b s i (stop - i);
      if s.[stop] = '"' then stop + 1
      else begin
        Buffer.add_char b s.[stop + 1];
        go (stop + 2)
      end
    in
    let next = go i in
    (Buffer.contents b, next)
  end

let rec value s i =
  let i = skip s i in
  match s.[i] with
  | '{' -> members s (skip s (i + 1)) []
  | '[' -> elements s (skip s (i + 1)) []
  | '"' ->
      let text, i = string s (i + 1) in
      (String text, i)
  | '-' ->
      let n, i = digits s (i + 1) 0 in
      (Int (-n), i)
  | '0' .. '9' ->
      let n, i = digits s i 0 in
      (Int n, i)
  | 't' -> (Bool true, expect s i "true")
  | 'f' -> (Bool false, expect s i "false")
  | 'n' -> (Null, expect s i "null")
  | _ -> raise (Syntax i)

and elements s i acc =
  if s.[i] = ']' then (List (List.rev acc), i + 1)
  else
    let v, i = value s i in
    let i = skip s i in
    if s.[i] = ',' then elements s (skip s (i + 1)) (v :: acc) else elements s (expect_close s i ']') (v :: acc)

and members s i acc =
  if s.[i] = '}' then (Object (List.rev acc), i + 1)
  else if s.[i] <> '"' then raise (Syntax i)
  else
    let key, i = string s (i + 1) in
    let i = skip s i in
    if s.[i] <> ':' then raise (Syntax i)
    else
      let v, i = value s (i + 1) in
      let i = skip s i in
      if s.[i] = ',' then members s (skip s (i + 1)) ((key, v) :: acc) else members s (expect_close s i '}') ((key, v) :: acc)

and expect_close s i c = if s.[i] = c then i else raise (Syntax i)

let rec sum = function
  | Null -> 1
  | Bool b -> if b then 2 else 3
  | Int n -> n
  | String s -> String.length s
  | List l -> List.fold_left (fun acc v -> acc + sum v) 0 l
  | Object l -> List.fold_left (fun acc (k, v) -> acc + String.length k + sum v) 0 l

let () =
  let text = generate 40_000 in
  let total = ref 0 in
  for _ = 1 to 6 do
    total := !total + sum (fst (value text 0))
  done;
  Printf.printf "%d %d\n" (String.length text) !total
