(* options -w -a+43 *)
let f ?x () = match x with None -> 1 | Some n -> n
let a = f ~x:1 ()
let i ~x () = x
let c ~(f : ?x:int -> unit -> int) () = f ~x:1 ()
let j g = ignore (g : y:int -> int); g ?y:3
class c ?x () = object method m : int option = x end
let o = new c ~x:1 ()
