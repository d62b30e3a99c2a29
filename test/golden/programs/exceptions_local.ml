(* Exceptions defined in functions and by let exception: each evaluation makes a new one. *)
let make () =
  let exception Here of int in
  ((fun n -> raise (Here n)), fun f -> try f () with Here n -> n)

let find_index p a =
  let exception Found of int in
  try
    Array.iteri (fun i x -> if p x then raise (Found i)) a;
    None
  with Found i -> Some i

module Make (X : sig val name : string end) = struct
  exception E
  let run f = try f () with E -> X.name
end

module M1 = Make (struct let name = "m1" end)
module M2 = Make (struct let name = "m2" end)

let () =
  let raise1, handle1 = make () and raise2, handle2 = make () in
  Printf.printf "%d\n" (handle1 (fun () -> raise1 1));
  Printf.printf "%d\n" (handle1 (fun () -> handle2 (fun () -> raise1 2)));
  Printf.printf "%d\n" (handle2 (fun () -> handle1 (fun () -> raise2 3)));
  Printf.printf "%s\n" (match find_index (fun x -> x > 2) [| 1; 2; 3 |] with Some i -> string_of_int i | None -> "none");
  print_endline (M1.run (fun () -> M2.run (fun () -> raise M1.E)));
  print_endline (M1.run (fun () -> M2.run (fun () -> raise M2.E)))

(* stdout {expected|
1
2
3
2
m1
m2
|expected} *)
