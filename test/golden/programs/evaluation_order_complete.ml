(* The order in which everything is evaluated: from right to left where OCaml leaves it open, as ocamlc does. *)

let trace label value =
  print_string (label ^ " ");
  value

let line title body =
  print_string (title ^ ": ");
  body ();
  print_newline ()

type r = { a : int; mutable b : int; c : int }
type t = C of int * int * int | D of { x : int; y : int }

let three a b c = a + b + c
let labelled ~x ~y ?(z = trace "default" 0) () = x + y + z

class point ~x ~y =
  object
    val x = trace "val x" x
    val y = trace "val y" y
    method sum = x + y
    initializer print_string "init "
  end

let () =
  line "application" (fun () -> ignore ((trace "f" three) (trace "1" 1) (trace "2" 2) (trace "3" 3)));
  line "operators" (fun () -> ignore (trace "1" 1 + (trace "2" 2 * trace "3" 3)));
  line "comparison" (fun () -> ignore (trace "l" 1 = trace "r" 2));
  line "tuple" (fun () -> ignore (trace "a" 1, trace "b" 2, trace "c" 3));
  line "list" (fun () -> ignore [ trace "a" 1; trace "b" 2; trace "c" 3 ]);
  line "array" (fun () -> ignore [| trace "a" 1; trace "b" 2; trace "c" 3 |]);
  line "constructor" (fun () -> ignore (C (trace "a" 1, trace "b" 2, trace "c" 3)));
  line "inline record" (fun () -> ignore (D { y = trace "y" 1; x = trace "x" 2 }));
  line "record" (fun () -> ignore { b = trace "b" 1; c = trace "c" 2; a = trace "a" 3 });
  line "with" (fun () -> ignore { (trace "r" { a = 1; b = 2; c = 3 }) with c = trace "c" 4; a = trace "a" 5 });
  line "set field" (fun () -> (trace "r" { a = 1; b = 2; c = 3 }).b <- trace "v" 4);
  line "set array" (fun () -> (trace "array" [| 0; 0 |]).(trace "index" 1) <- trace "v" 5);
  line "get array" (fun () -> ignore (trace "array" [| 0; 0 |]).(trace "index" 1));
  line "assignment" (fun () -> trace "ref" (ref 0) := trace "v" 1);
  line "labels" (fun () -> ignore (labelled ~y:(trace "y" 1) ~x:(trace "x" 2) ()));
  line "labels with z" (fun () -> ignore (labelled ~z:(trace "z" 3) ~y:(trace "y" 1) ~x:(trace "x" 2) ()));
  line "lets" (fun () ->
      let a = trace "a" 1 in
      let b = trace "b" 2 in
      ignore (a + b));
  line "let and" (fun () ->
      let a = trace "a" 1
      and b = trace "b" 2 in
      ignore (a + b));
  line "pipes" (fun () -> ignore (trace "x" 1 |> trace "f" succ |> trace "g" succ));
  line "at" (fun () -> ignore (trace "f" succ @@ trace "x" 1));
  line "and" (fun () -> ignore (trace "l" false && trace "r" true));
  line "or" (fun () -> ignore (trace "l" false || trace "r" true));
  line "for" (fun () -> for _ = trace "from" 1 to trace "to" 2 do print_string "body " done);
  line "if" (fun () -> ignore (if trace "c" true then trace "t" 1 else trace "e" 2));
  line "match" (fun () -> match (trace "a" 1, trace "b" 2) with x, _ when trace "guard" (x > 1) -> () | _ -> print_string "rest ");
  line "send" (fun () -> ignore ((trace "o" (object method m x y = x + y end))#m (trace "x" 1) (trace "y" 2)));
  line "new" (fun () -> ignore (new point ~y:(trace "y" 1) ~x:(trace "x" 2))#sum);
  line "cons" (fun () -> ignore (trace "head" 1 :: trace "tail" []));
  line "string" (fun () -> ignore (trace "a" "x" ^ trace "b" "y" ^ trace "c" "z"));
  line "sequence" (fun () -> trace "1" (); trace "2" (); trace "3" ());
  line "partial" (fun () ->
      let f = (trace "f" three) (trace "1" 1) in
      print_string "; ";
      ignore (f (trace "2" 2) (trace "3" 3)));
  line "raise" (fun () -> try ignore (trace "l" 1 + (raise Exit : int) + trace "r" 1) with Exit -> print_string "caught ");
  line "lazy" (fun () -> let l = lazy (trace "body" 1) in print_string "made "; ignore (Lazy.force l + Lazy.force l));
  line "printf" (fun () -> Printf.printf "%d %d " (trace "a" 1) (trace "b" 2))

(* stdout {expected|
application: 3 2 1 f 
operators: 3 2 1 
comparison: r l 
tuple: c b a 
list: c b a 
array: c b a 
constructor: c b a 
inline record: y x 
record: c b a 
with: r c a 
set field: v r 
set array: v index array 
get array: index array 
assignment: v ref 
labels: y x default 
labels with z: z y x 
lets: a b 
let and: a b 
pipes: x f g 
at: x f 
and: l 
or: l r 
for: from to body body 
if: c t 
match: a b guard rest 
send: y x o 
new: y x val x val y init 
cons: tail head 
string: c b a 
sequence: 1 2 3 
partial: 1 f ; 3 2 
raise: r caught 
lazy: made body 
printf: b a 1 2 
|expected} *)
