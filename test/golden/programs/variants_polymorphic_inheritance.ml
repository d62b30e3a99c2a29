(* Polymorphic variants that extend each other: types by inheritance, functions by aliases and open recursion. *)

type arithmetic = [ `Num of int | `Add of arithmetic * arithmetic ]
type 'e open_arithmetic = [ `Num of int | `Add of 'e * 'e ]
type 'e open_variables = [ `Var of string | `Let of string * 'e * 'e ]
type 'e open_language = [ 'e open_arithmetic | 'e open_variables | `If of 'e * 'e * 'e ]
type language = language open_language

(* Each function knows its own tags; the recursion is a parameter. *)
let eval_arithmetic eval env : _ open_arithmetic -> int = function
  | `Num n -> n
  | `Add (a, b) -> eval env a + eval env b

let eval_variables eval env : _ open_variables -> int = function
  | `Var name -> ( try List.assoc name env with Not_found -> failwith ("unbound " ^ name))
  | `Let (name, e, body) -> eval ((name, eval env e) :: env) body

let rec eval env : language -> int = function
  | #open_arithmetic as e -> eval_arithmetic eval env e
  | #open_variables as e -> eval_variables eval env e
  | `If (c, a, b) -> if eval env c <> 0 then eval env a else eval env b

let rec simple : arithmetic -> int = function `Num n -> n | `Add (a, b) -> simple a + simple b

(* A value of the smaller type is one of the larger. *)
let small : arithmetic = `Add (`Num 1, `Num 2)
let large = (small :> language)

let rec free : language -> string list = function
  | `Num _ -> []
  | `Var x -> [ x ]
  | `Add (a, b) -> free a @ free b
  | `Let (x, e, b) -> free e @ List.filter (( <> ) x) (free b)
  | `If (a, b, c) -> free a @ free b @ free c

(* Narrowing: an or-pattern of a type tells which case it is. *)
type weekday = [ `Mon | `Tue | `Wed | `Thu | `Fri ]
type weekend = [ `Sat | `Sun ]
type day = [ weekday | weekend ]

let hours : weekday -> int = function `Fri -> 6 | `Mon | `Tue | `Wed | `Thu -> 8
let plan : day -> string = function
  | #weekend as d -> if d = `Sat then "market" else "rest"
  | #weekday as d -> Printf.sprintf "work %d" (hours d)

(* Unlisted tags go through with their type. *)
let rename = function `Old -> `New | (`Same | `Other) as x -> x
let describe = function `New -> "new" | `Same -> "same" | `Other -> "other"

(* Conjunctions and bounds: functions from tags in lists. *)
let table : ([< `A | `B of int | `C of string ] as 'a) -> string = function
  | `A -> "A"
  | `B n -> "B" ^ string_of_int n
  | `C s -> "C" ^ s

let with_default d = function `Default -> d | `Value v -> v

let () =
  Printf.printf "%d %d\n" (simple small) (eval [] large);
  let program = `Let ("x", `Add (large, `Num 4), `If (`Var "x", `Add (`Var "x", `Var "y"), `Num 0)) in
  Printf.printf "%d\n" (eval [ ("y", 100) ] program);
  print_endline (String.concat "," (free program));
  (try ignore (eval [] program) with Failure m -> print_endline m);
  List.iter (fun d -> Printf.printf "%s; " (plan d)) [ `Mon; `Fri; `Sat; `Sun ];
  print_newline ();
  List.iter (fun t -> print_string (describe (rename t) ^ " ")) [ `Old; `Same; `Other ];
  print_newline ();
  print_endline (String.concat " " (List.map table [ `A; `B 3; `C "x" ]));
  Printf.printf "%d %d\n" (with_default 7 `Default) (with_default 7 (`Value 8))

(* stdout {expected|
3 3
107
y
unbound y
work 8; work 6; market; rest; 
new same other 
A B3 Cx
7 8
|expected} *)
