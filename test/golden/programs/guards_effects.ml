(* Guards run in order, only when their pattern matches, and may have effects. *)
let tries = ref 0
let check s b = incr tries; print_string (s ^ " "); b

let f x =
  match x with
  | Some n when check "positive" (n > 0) -> "positive"
  | Some 0 when check "never" false -> "never"
  | Some n when check "even" (n mod 2 = 0) -> "even"
  | None when check "none" true -> "none"
  | Some _ | None -> "rest"

let () =
  List.iter (fun x -> print_endline (f x)) [ Some 1; Some 0; Some (-2); Some (-3); None ];
  print_int !tries;
  print_newline ();
  let rec walk l = match l with x :: rest when (match rest with [] -> false | y :: _ -> x > y) -> x :: walk rest | _ :: rest -> walk rest | [] -> [] in
  List.iter (Printf.printf "%d ") (walk [ 3; 1; 4; 1; 5; 9; 2; 6; 5; 3 ]);
  print_newline ()

(* stdout {expected|
positive positive
positive never even even
positive even even
positive even rest
none none
9
3 4 9 6 5 
|expected} *)
