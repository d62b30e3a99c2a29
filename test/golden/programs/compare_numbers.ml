(* compare at the types of numbers: nan is less than all others and equals itself. *)
let fs = [nan; neg_infinity; -1.; -0.; 0.; 1.5; infinity]
let () = List.iter (fun x -> List.iter (fun y -> Printf.printf "%d%d " (compare x y) (compare (y:float) x)) fs; print_newline ()) fs
let is = [Int32.min_int; -1l; 0l; 7l; Int32.max_int]
let () = List.iter (fun x -> List.iter (fun y -> Printf.printf "%d%b " (compare x y) (compare (x:int32) y > 0)) is; print_newline ()) is
let is = [Int64.min_int; -1L; 0L; 7L; Int64.max_int]
let () = List.iter (fun x -> List.iter (fun y -> Printf.printf "%d%b " (compare x y) (compare (x:int64) y <= 0)) is; print_newline ()) is
let is = [Nativeint.min_int; -1n; 0n; 7n; Nativeint.max_int]
let () = List.iter (fun x -> List.iter (fun y -> Printf.printf "%d%b " (Nativeint.compare x y) (Nativeint.compare x y <= 0)) is; print_newline ()) is
let () = Printf.printf "%b\n" (compare nan 1. < 0 && not (nan < 1.))
let () = assert ((Sys.opaque_identity Float.compare) nan 0. = -1 && (Sys.opaque_identity Int64.compare) 3L 2L = 1)

(* stdout {expected|
00 -11 -11 -11 -11 -11 -11 
1-1 00 -11 -11 -11 -11 -11 
1-1 1-1 00 -11 -11 -11 -11 
1-1 1-1 1-1 00 00 -11 -11 
1-1 1-1 1-1 00 00 -11 -11 
1-1 1-1 1-1 1-1 1-1 00 -11 
1-1 1-1 1-1 1-1 1-1 1-1 00 
0false -1false -1false -1false -1false 
1true 0false -1false -1false -1false 
1true 1true 0false -1false -1false 
1true 1true 1true 0false -1false 
1true 1true 1true 1true 0false 
0true -1true -1true -1true -1true 
1false 0true -1true -1true -1true 
1false 1false 0true -1true -1true 
1false 1false 1false 0true -1true 
1false 1false 1false 1false 0true 
0true -1true -1true -1true -1true 
1false 0true -1true -1true -1true 
1false 1false 0true -1true -1true 
1false 1false 1false 0true -1true 
1false 1false 1false 1false 0true 
true
|expected} *)
