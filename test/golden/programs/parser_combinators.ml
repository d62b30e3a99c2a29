(* Parser combinators with errors at positions: arithmetic, s-expressions, key-value files. *)

type 'a parser = string -> int -> ('a * int, int * string) result

let return x : 'a parser = fun _ i -> Ok (x, i)
let fail message : 'a parser = fun _ i -> Error (i, message)

let ( let* ) (p : 'a parser) f : 'b parser = fun s i -> match p s i with Ok (x, i) -> f x s i | Error _ as e -> e
let ( let+ ) p f = let* x = p in return (f x)
let ( and+ ) p q = let* x = p in let+ y = q in (x, y)
let ( *> ) p q = let* _ = p in q
let ( <* ) p q = let* x = p in let+ _ = q in x

(* The alternative that came further tells what is wrong. *)
let ( <|> ) (p : 'a parser) (q : 'a parser) : 'a parser =
 fun s i ->
  match p s i with
  | Ok _ as r -> r
  | Error (j, m) -> ( match q s i with Ok _ as r -> r | Error (k, n) -> if k >= j then Error (k, n) else Error (j, m))

let satisfy what p : char parser = fun s i -> if i < String.length s && p s.[i] then Ok (s.[i], i + 1) else Error (i, what ^ " expected")
let char c = satisfy (Printf.sprintf "%C" c) (( = ) c)
let eof : unit parser = fun s i -> if i = String.length s then Ok ((), i) else Error (i, "end expected")
let rec many p s i = ((let* x = p in let+ rest = many p in x :: rest) <|> return []) s i
let many1 p = let+ x = p and+ l = many p in x :: l
let text l = String.of_seq (List.to_seq l)
let spaces = many (satisfy "space" (fun c -> c = ' ' || c = '\n'))
let token p = p <* spaces
let symbol c = token (char c)
let digit = satisfy "digit" (fun c -> c >= '0' && c <= '9')
let number = token (let+ l = many1 digit in int_of_string (text l))
let letter = satisfy "letter" (fun c -> (c >= 'a' && c <= 'z') || c = '-')
let name = token (let+ l = many1 letter in text l)

let chain_left p op =
  let rec rest x = (let* f = op in let* y = p in rest (f x y)) <|> return x in
  let* x = p in
  rest x

let rec expression s i = chain_left term ((let+ _ = symbol '+' in ( + )) <|> (let+ _ = symbol '-' in ( - ))) s i
and term s i = chain_left factor ((let+ _ = symbol '*' in ( * )) <|> (let+ _ = symbol '/' in ( / ))) s i
and factor s i = (number <|> symbol '(' *> expression <* symbol ')' <|> (let+ n = symbol '-' *> factor in -n)) s i

type sexp = Atom of string | List of sexp list

let rec sexp s i = ((let+ n = name in Atom n) <|> (let+ l = symbol '(' *> many sexp <* symbol ')' in List l)) s i
let rec show = function Atom a -> a | List l -> "(" ^ String.concat " " (List.map show l) ^ ")"

let binding = let+ k = name and+ v = symbol '=' *> number <* symbol ';' in (k, v)

let run p to_string input =
  match (spaces *> p <* eof) input 0 with
  | Ok (x, _) -> print_endline (to_string x)
  | Error (i, message) -> Printf.printf "%s\n%s^ %s\n" input (String.make i ' ') message

let () =
  List.iter (run expression string_of_int) [ "1 + 2 * 3"; " (1 + 2) * -3 - 4 - 5"; "100/7/2"; "1 + "; "(1 + 2"; "2 $ 3" ];
  List.iter (run sexp show) [ "(define (f x) (g x))"; "atom"; "(a (b)"; "()" ];
  run (many binding) (fun l -> String.concat "," (List.map (fun (k, v) -> k ^ ":" ^ string_of_int v) l)) "width = 80; height=24;";
  run (many binding) (fun _ -> "") "width = ten;"

(* stdout {expected|
1 + 2 * 3
  ^ ')' expected
 (1 + 2) * -3 - 4 - 5
    ^ ')' expected
100/7/2
   ^ ')' expected
1 + 
  ^ ')' expected
(1 + 2
   ^ ')' expected
2 $ 3
  ^ ')' expected
(define (f x) (g x))
atom
(a (b)
      ^ ')' expected
()
width:80,height:24
width = ten;
^ end expected
|expected} *)
