(* The order in which the components of matched tuples are evaluated. *)

let t s v = print_string s; v
let nl = print_newline
let () = let (a, b) = (t "a" 1, t "b" 2) in ignore (a + b); nl ()
let () = (match (t "a" 1, t "b" 2) with p -> ignore p); nl ()
let () = (match (t "a" 1, t "b" 2) with (a, b) -> ignore (a + b)); nl ()
let () = (match (t "a" 1, t "b" 2) with _ -> ()); nl ()
let () = (match (t "a" 1, t "b" 2) with exception Not_found -> () | (1, x) -> () | _ -> ()); nl ()
let () = (match (t "a" 1, t "b" 2) with (1, x) | (x, 2) -> ignore x | _ -> ()); nl ()
let () = (match (t "a" 1, t "b" 2) with (1, x) when x > 5 -> ignore x | (a, b) as p -> ignore p); nl ()


let f a b = match (a (), b ()) with Some x, _ -> print_endline x | None, _ -> ()
let () = f (fun () -> print_string "a"; Some "l") (fun () -> print_string "b")
let () = (match (t "a" true, t "b" false) with (true, false) -> print_string "!" | (false, _) -> () | (true, true) -> ()); nl ()
let () = (match (t "a" 1, t "b" 2, t "c" 3) with (_, 2, _) -> print_string "!" | _ -> ()); nl ()

(* stdout {expected|
ba
ab
ab
ab
ba
ab
ab
abl
ab!
abc!
|expected} *)
