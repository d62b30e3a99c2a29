(* Regular expressions by derivatives, with intersection and complement, which automata make hard. *)

type t = Empty | Epsilon | Char of char | Any | Seq of t * t | Alt of t * t | And of t * t | Not of t | Star of t

(* Constructors that simplify keep the number of derivatives finite. *)
let seq a b = match (a, b) with Empty, _ | _, Empty -> Empty | Epsilon, r | r, Epsilon -> r | _ -> Seq (a, b)
let alt a b = match (a, b) with Empty, r | r, Empty -> r | Not Empty, _ | _, Not Empty -> Not Empty | _ -> if a = b then a else Alt (min a b, max a b)
let conj a b = match (a, b) with Empty, _ | _, Empty -> Empty | Not Empty, r | r, Not Empty -> r | _ -> if a = b then a else And (min a b, max a b)
let neg = function Not r -> r | r -> Not r
let star = function Empty | Epsilon -> Epsilon | Star _ as r -> r | r -> Star r

let rec nullable = function
  | Epsilon | Star _ -> true
  | Empty | Char _ | Any -> false
  | Seq (a, b) | And (a, b) -> nullable a && nullable b
  | Alt (a, b) -> nullable a || nullable b
  | Not r -> not (nullable r)

let rec derive c = function
  | Empty | Epsilon -> Empty
  | Char d -> if c = d then Epsilon else Empty
  | Any -> Epsilon
  | Seq (a, b) ->
    let first = seq (derive c a) b in
    if nullable a then alt first (derive c b) else first
  | Alt (a, b) -> alt (derive c a) (derive c b)
  | And (a, b) -> conj (derive c a) (derive c b)
  | Not r -> neg (derive c r)
  | Star r as s -> seq (derive c r) s

let matches r text = nullable (String.fold_left (fun r c -> derive c r) r text)

(* All states of the automaton. *)
let states alphabet r =
  let rec visit seen r = if List.mem r seen then seen else List.fold_left (fun seen c -> visit seen (derive c r)) (r :: seen) alphabet in
  List.length (visit [] r)

let word w = String.fold_right (fun c r -> seq (Char c) r) w Epsilon
let contains r = seq (star Any) (seq r (star Any))
let rec times n r = if n = 0 then Epsilon else seq r (times (n - 1) r)

let () =
  let test name r texts = Printf.printf "%s: %s\n" name (String.concat " " (List.map (fun t -> Printf.sprintf "%S=%b" t (matches r t)) texts)) in
  test "(ab|c)*" (star (alt (word "ab") (Char 'c'))) [ ""; "ab"; "abc"; "cab"; "ba" ];
  test "even a and odd b"
    (conj (star (alt (Char 'b') (seq (Char 'a') (seq (star (Char 'b')) (Char 'a')))))
       (seq (star (Char 'a')) (seq (Char 'b') (star (alt (Char 'a') (seq (Char 'b') (seq (star (Char 'a')) (Char 'b'))))))))
    [ "b"; "aab"; "ab"; "aba"; "bb"; "babab" ];
  test "no foo" (neg (contains (word "foo"))) [ "bar"; "a foo"; "fo"; "ffoo" ];
  test "comment" (seq (word "/*") (seq (neg (contains (word "*/"))) (word "*/"))) [ "/* x */"; "/* */ */"; "/**/"; "/*/" ];
  test "ends in b, third from last a" (seq (star Any) (seq (Char 'a') (seq Any (Char 'b')))) [ "aab"; "abab"; "bbb" ];
  Printf.printf "%d %d\n" (states [ 'a'; 'b' ] (star (alt (word "ab") (Char 'a')))) (states [ 'a'; 'b' ] (seq (star Any) (seq (Char 'a') (times 3 Any))))

(* stdout {expected|
(ab|c)*: ""=true "ab"=true "abc"=true "cab"=true "ba"=false
even a and odd b: "b"=true "aab"=true "ab"=false "aba"=true "bb"=false "babab"=true
no foo: "bar"=true "a foo"=false "fo"=true "ffoo"=false
comment: "/* x */"=true "/* */ */"=false "/**/"=true "/*/"=false
ends in b, third from last a: "aab"=true "abab"=false "bbb"=false
3 16
|expected} *)
