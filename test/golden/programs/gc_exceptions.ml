(* Exceptions, handlers and deep stacks while collections move everything. *)

exception Found of string list
exception Wrapped of exn * int ref

let text i = String.make (1 + (i mod 9)) (Char.chr (97 + (i mod 26)))

let rec search depth acc =
  let here = text depth in
  if depth = 0 then raise (Found (here :: acc))
  else
    try
      let r = search (depth - 1) (here :: acc) in
      r ^ here
    with
    | Found l when depth mod 10 = 0 -> raise (Found (here :: l))
    | Found l when List.length l < depth -> String.concat "" l ^ here

let rec wrap n : unit =
  let mark = ref n in
  if n = 0 then failwith (text 3) else try wrap (n - 1) with e -> raise (Wrapped (e, mark))

let rec unwrap sum = function
  | Wrapped (e, r) -> unwrap (sum + !r) e
  | Failure m -> Printf.sprintf "%s %d" m sum
  | _ -> "?"

let protect n =
  let log = Buffer.create 10 in
  (try
     for i = 1 to n do
       Fun.protect
         ~finally:(fun () -> Buffer.add_string log (text i))
         (fun () ->
           let garbage = List.init 100 text in
           if i = n then raise (Found garbage))
     done
   with Found l -> Buffer.add_string log (string_of_int (List.length l)));
  Digest.to_hex (Digest.string (Buffer.contents log))

let rec deep n = if n = 0 then [] else let s = text n in let rest = deep (n - 1) in s :: rest

let () =
  (match search 300 [] with
  | s -> print_endline (Digest.to_hex (Digest.string s))
  | exception Found l -> Printf.printf "%d %s\n" (List.length l) (Digest.to_hex (Digest.string (String.concat "," l))));
  (match wrap 500 with () -> () | exception e -> print_endline (unwrap 0 e));
  print_endline (protect 1000);
  let l = deep 50_000 in
  Gc.full_major ();
  print_endline (Digest.to_hex (Digest.string (String.concat "" l)))

(* stdout {expected|
331 dcc56729958ebfa23563a1e0aa83f541
dddd 125250
6a81257be16bb19e6489424b8c9de6be
8bde29d6827f67885ef420095cadd854
|expected} *)
