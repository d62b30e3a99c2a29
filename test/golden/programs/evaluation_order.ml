(* Arguments are evaluated from right to left, then the function; let and sequence as written. *)
let say s v =
  print_string (s ^ " ");
  v

let f a b c = a + b + c
let newline () = print_newline ()

type r = { x : int; y : int; z : int }

let () =
  ignore (f (say "a" 1) (say "b" 2) (say "c" 3));
  newline ();
  ignore ((say "f" f) (say "x" 1) (say "y" 2) (say "z" 3));
  newline ();
  ignore (say "1" 1, say "2" 2, say "3" 3);
  newline ();
  ignore [ say "one" 1; say "two" 2; say "three" 3 ];
  newline ();
  ignore [| say "one" 1; say "two" 2 |];
  newline ();
  ignore { x = say "x" 1; z = say "z" 3; y = say "y" 2 };
  newline ();
  ignore (say "left" 1 + say "right" 2);
  newline ();
  ignore (say "p" true && say "q" false && say "r" true);
  newline ();
  ignore (say "p" false || say "q" true || say "r" true);
  newline ();
  let a = say "first" 1 and b = say "second" 2 in
  ignore (a + b);
  newline ();
  let arr = [| 1; 2; 3 |] in
  (say "array" arr).(say "index" 0) <- say "value" 5;
  newline ();
  let r = ref 0 in
  (say "ref" r) := say "new" 2;
  newline ();
  ignore (say "str" "a" ^ say "str2" "b" ^ say "str3" "c");
  newline ();
  ignore (compare (say "l" 1) (say "r" 2));
  newline ()

(* stdout {expected|
c b a 
z y x f 
3 2 1 
three two one 
two one 
z y x 
right left 
p q 
p q 
first second 
value index array 
new ref 
str3 str2 str 
r l 
|expected} *)
