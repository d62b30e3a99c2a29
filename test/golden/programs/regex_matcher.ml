(* Regular expressions: parsed, then matched by derivatives of continuations. *)
type re = Empty | Any | Char of char | Set of bool * (char * char) list | Seq of re * re | Alt of re * re | Star of re | Bol | Eol

let parse s =
  let n = String.length s in
  let rec alt i =
    let a, i = seq i in
    if i < n && s.[i] = '|' then let b, i = alt (i + 1) in (Alt (a, b), i) else (a, i)
  and seq i =
    if i >= n || s.[i] = '|' || s.[i] = ')' then (Empty, i)
    else
      let a, i = post i in
      let b, i = seq i in
      ((if b = Empty then a else Seq (a, b)), i)
  and post i =
    let a, i = atom i in
    let rec stars a i =
      if i < n then match s.[i] with '*' -> stars (Star a) (i + 1) | '+' -> stars (Seq (a, Star a)) (i + 1) | '?' -> stars (Alt (a, Empty)) (i + 1) | _ -> (a, i)
      else (a, i)
    in
    stars a i
  and atom i =
    match s.[i] with
    | '(' -> let a, i = alt (i + 1) in if i < n && s.[i] = ')' then (a, i + 1) else failwith "missing )"
    | '.' -> (Any, i + 1)
    | '^' -> (Bol, i + 1)
    | '$' -> (Eol, i + 1)
    | '[' -> if s.[i + 1] = '^' then set (i + 2) false [] else set (i + 1) true []
    | '\\' -> (Char s.[i + 1], i + 2)
    | c -> (Char c, i + 1)
  and set i positive acc =
    if s.[i] = ']' then (Set (positive, acc), i + 1)
    else if s.[i + 1] = '-' && s.[i + 2] <> ']' then set (i + 3) positive ((s.[i], s.[i + 2]) :: acc)
    else set (i + 1) positive ((s.[i], s.[i]) :: acc)
  in
  let re, i = alt 0 in
  if i < n then failwith "unexpected )" else re

let rec matches re s i k =
  match re with
  | Empty -> k i
  | Any -> i < String.length s && k (i + 1)
  | Char c -> i < String.length s && s.[i] = c && k (i + 1)
  | Set (positive, ranges) -> i < String.length s && List.exists (fun (a, b) -> a <= s.[i] && s.[i] <= b) ranges = positive && k (i + 1)
  | Seq (a, b) -> matches a s i (fun j -> matches b s j k)
  | Alt (a, b) -> matches a s i k || matches b s i k
  | Star a -> matches a s i (fun j -> j > i && matches re s j k) || k i
  | Bol -> i = 0 && k i
  | Eol -> i = String.length s && k i

let search re s =
  let found = ref None in
  let rec from i = if i > String.length s then () else if not (matches re s i (fun j -> found := Some (i, j); true)) then from (i + 1) in
  from 0;
  !found

let () =
  List.iter
    (fun (pattern, s) ->
      match search (parse pattern) s with
      | Some (i, j) -> Printf.printf "%s in %S: %d-%d %S\n" pattern s i j (String.sub s i (j - i))
      | None -> Printf.printf "%s in %S: no\n" pattern s)
    [ ("abc", "xxabcxx"); ("a*b", "aaab"); ("(ab|cd)+e", "ababcde"); ("[0-9]+", "tel 555-1234"); ("[^a-z]", "abcD"); ("^a.c$", "abc"); ("^b", "abc");
      ("x?y", "y"); ("(a|b)*abb", "ababababb"); ("a\\.b", "a.b axb"); ("", "anything"); ("colou?r", "the color"); ("(a*)*b", "aaaaaaaaaaaac"); ("[a-z]+@[a-z]+\\.(com|org)", "mail joe@example.org now") ];
  (try ignore (parse "(a") with Failure m -> print_endline m);
  try ignore (parse "a)") with Failure m -> print_endline m

(* stdout {expected|
abc in "xxabcxx": 2-5 "abc"
a*b in "aaab": 0-4 "aaab"
(ab|cd)+e in "ababcde": 0-7 "ababcde"
[0-9]+ in "tel 555-1234": 4-7 "555"
[^a-z] in "abcD": 3-4 "D"
^a.c$ in "abc": 0-3 "abc"
^b in "abc": no
x?y in "y": 0-1 "y"
(a|b)*abb in "ababababb": 0-9 "ababababb"
a\.b in "a.b axb": 0-3 "a.b"
 in "anything": 0-0 ""
colou?r in "the color": 4-9 "color"
(a*)*b in "aaaaaaaaaaaac": no
[a-z]+@[a-z]+\.(com|org) in "mail joe@example.org now": 5-20 "joe@example.org"
missing )
unexpected )
|expected} *)
