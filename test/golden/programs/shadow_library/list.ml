(* A unit of the program may be called as one of the library; it hides it in the whole program, but not in itself. *)
let length _ = -1
let twice l = List.append l l
