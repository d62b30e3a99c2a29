(* Right-to-left evaluation of arguments, tuples, records, arrays, constructors, infix operators; left to right of sequences and lets. *)
let t s v = print_string s; print_char ' '; v
type r = { a : int; b : int; c : int }
type v = V of int * int * int
let f a b c = a + b + c
let g ~x ~y z = x + y + z
let () =
  ignore (f (t "1" 1) (t "2" 2) (t "3" 3)); print_newline ();
  ignore (g ~y:(t "y" 1) ~x:(t "x" 2) (t "z" 3)); print_newline ();
  ignore (t "l" 1, t "m" 2, t "r" 3); print_newline ();
  ignore { c = t "c" 1; a = t "a" 2; b = t "b" 3 }; print_newline ();
  ignore [| t "p" 1; t "q" 2; t "s" 3 |]; print_newline ();
  ignore (V (t "u" 1, t "v" 2, t "w" 3)); print_newline ();
  ignore [ t "i" 1; t "j" 2; t "k" 3 ]; print_newline ();
  ignore (t "left" 1 + t "right" 2); print_newline ();
  ignore (t "lhs" "a" ^ t "rhs" "b"); print_newline ();
  ignore ((t "fun" f) (t "x" 1) (t "y" 2) (t "z" 3)); print_newline ();
  let a = t "a" 1 in let b = t "b" 2 and c = t "c" 3 in ignore (a, b, c); print_newline ();
  let arr = [| 0; 0 |] in
  (t "array" arr).(t "index" 1) <- t "value" 5; print_newline ();
  let re = { a = 1; b = 2; c = 3 } in
  ignore { (t "base" re) with a = t "new" 9 }; print_newline ();
  (t "ref" (ref 0)) := t "content" 1; print_newline ();
  ignore (t "x" 1 :: t "y" [ 2 ]); print_newline ();
  ignore (if t "cond" true && t "and" false || t "or" true then t "then" 1 else t "else" 2); print_newline ();
  for i = t "from" 1 to t "to" 2 do print_int i; print_char ' ' done; print_newline ();
  ignore (`Tag (t "a" 1, t "b" 2)); print_newline ();
  ignore (Some (t "some" 1) = Some (t "other" 1)); print_newline ();
  ignore ((fun ?(d = t "default" 1) () -> d) ()); print_newline ();
  ignore (compare (t "c1" 1) (t "c2" 2)); print_newline ()

(* stdout {expected|
3 2 1 
z y x 
r m l 
c b a 
s q p 
w v u 
k j i 
right left 
rhs lhs 
z y x fun 
a b c 
value index array 
base new 
content ref 
y x 
cond and or then 
from to 1 2 
b a 
other some 
default 
c2 c1 
|expected} *)
