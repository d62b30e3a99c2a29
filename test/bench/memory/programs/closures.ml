(* Closures that capture closures: parsers by combinators over a long input. *)
type 'a parser = string -> int -> ('a * int) option

let return x : 'a parser = fun _ i -> Some (x, i)
let bind (p : 'a parser) f : 'b parser = fun s i -> match p s i with None -> None | Some (x, j) -> f x s j
let ( <|> ) (p : 'a parser) (q : 'a parser) : 'a parser = fun s i -> match p s i with None -> q s i | r -> r
let satisfy f : char parser = fun s i -> if i < String.length s && f s.[i] then Some (s.[i], i + 1) else None
let rec many p = bind p (fun x -> bind (many p) (fun l -> return (x :: l))) <|> return []
let digit = satisfy (fun c -> c >= '0' && c <= '9')

let number =
  bind (many digit) (function
    | [] -> fun _ _ -> None
    | l -> return (List.fold_left (fun n c -> (10 * n) + Char.code c - 48) 0 l))

let char c = satisfy (( = ) c)

let rec expression s i = bind term (fun x -> rest x) s i
and rest x = bind (char '+') (fun _ -> bind term (fun y -> rest (x + y))) <|> return x
and term s i = bind factor (fun x -> times x) s i
and times x = bind (char '*') (fun _ -> bind factor (fun y -> times (x * y land 0xffff))) <|> return x
and factor s i = (number <|> bind (char '(') (fun _ -> bind expression (fun x -> bind (char ')') (fun _ -> return x)))) s i

let () =
  let text = String.concat "+" (List.init 3_000 (fun i -> Printf.sprintf "(%d*(%d+3)*7)" i (i * 13))) in
  let sum = ref 0 in
  for _ = 1 to 40 do
    match expression text 0 with Some (n, i) -> sum := !sum + n + i | None -> ()
  done;
  print_int !sum
