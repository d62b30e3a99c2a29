(* match … with exception, or-patterns with exceptions, let exception, reraising, nested handlers, finally. *)
exception Stop of int
let find l k = match List.assoc k l with
  | v when v > 10 -> "big"
  | 0 | (exception Not_found) -> "nothing"
  | v -> string_of_int v

let first_some f l =
  let exception Found of string in
  match List.iter (fun x -> match f x with Some s -> raise (Found s) | None -> ()) l with
  | () -> "none"
  | exception Found s -> s

let protect f =
  let log = ref [] in
  let note s = log := s :: !log in
  let r = match Fun.protect ~finally:(fun () -> note "finally") (fun () -> note "body"; f ()) with
    | v -> string_of_int v
    | exception Stop n -> "stop " ^ string_of_int n
    | exception (Failure s | Invalid_argument s) -> "bad " ^ s
  in
  String.concat " " (r :: List.rev !log)

let rec depth n = if n = 0 then raise (Stop 0) else try depth (n - 1) with Stop k -> raise (Stop (k + 1))

let local_exceptions () =
  let make () = let exception E in ((fun () -> raise E), fun f -> match f () with () -> "no" | exception E -> "mine" | exception _ -> "other") in
  let raise1, catch1 = make () in
  let raise2, catch2 = make () in
  [ catch1 raise1; catch1 raise2; catch2 raise2; catch2 (fun () -> ()) ]

let () =
  List.iter (fun k -> print_endline (find [ ("a", 0); ("b", 5); ("c", 50) ] k)) [ "a"; "b"; "c"; "d" ];
  print_endline (first_some (fun n -> if n > 2 then Some (string_of_int n) else None) [ 1; 2; 3; 4 ]);
  print_endline (first_some (fun _ -> None) [ 1 ]);
  print_endline (protect (fun () -> 42));
  print_endline (protect (fun () -> raise (Stop 3)));
  print_endline (protect (fun () -> failwith "f"));
  print_endline (protect (fun () -> invalid_arg "i"));
  (try depth 100 with Stop n -> Printf.printf "%d\n" n);
  print_endline (String.concat " " (local_exceptions ()));
  (match (try raise Exit with Not_found -> 1) with n -> print_int n | exception Exit -> print_endline "exit");
  (try (try raise (Stop 1) with Stop n -> raise (Stop (n + 1))) with Stop n -> Printf.printf "%d\n" n);
  match Fun.protect ~finally:(fun () -> failwith "in finally") (fun () -> 1) with
  | _ -> ()
  | exception Fun.Finally_raised e -> print_endline (Printexc.to_string e)

(* stdout {expected|
nothing
5
big
nothing
3
none
42 body finally
stop 3 body finally
bad f body finally
bad i body finally
100
mine other mine no
exit
2
Failure("in finally")
|expected} *)
