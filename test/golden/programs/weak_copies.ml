(* Weak.get_copy: a shallow copy that keeps nothing alive; Weak.get keeps what it gives. *)

type item = { mutable n : int; name : string; next : item option }

let w : item Weak.t = Weak.create 3
let floats : float array Weak.t = Weak.create 1
let bytes : bytes Weak.t = Weak.create 1
let functions : (int -> int) Weak.t = Weak.create 1
let state a i = if Weak.check a i then "alive" else "dead"

let[@inline never] fill () =
  let inner = { n = 1; name = String.make 2 'i'; next = None } in
  let item = { n = 2; name = String.make 2 'o'; next = Some inner } in
  Weak.set w 0 (Some item);
  Weak.set w 1 (Some inner);
  Weak.set floats 0 (Some (Array.init 5 float_of_int));
  Weak.set bytes 0 (Some (Bytes.of_string "copy me"));
  let k = Array.length Sys.argv in
  Weak.set functions 0 (Some (fun x -> x + k));
  item

let () =
  let item = fill () in
  (match Weak.get_copy w 0 with
  | Some c ->
      c.n <- 100;
      Printf.printf "%d %d %s %b %b\n" item.n c.n c.name (c == item) (c.next == item.next)
  | None -> print_endline "none");
  (match Weak.get w 0 with
  | Some c ->
      c.n <- 7;
      Printf.printf "%d %b\n" item.n (c == item)
  | None -> print_endline "none");
  ignore (Sys.opaque_identity item)

(* A copy of something outlives it. *)
let[@inline never] copy_of a =
  match Weak.get_copy a 0 with Some v -> v | None -> failwith "dead"

let () =
  ignore (fill ());
  let item = copy_of w in
  let f = copy_of floats in
  let b = copy_of bytes in
  let g = copy_of functions in
  Gc.full_major ();
  Printf.printf "%s %s %s\n" (state w 0) (state floats 0) (state bytes 0);
  Printf.printf "inner %s, through the copy\n" (state w 1);
  Printf.printf "%d %s %s %s %d\n" item.n item.name
    (String.concat " " (List.map string_of_float (Array.to_list f)))
    (Bytes.to_string b) (g 1);
  Bytes.set b 0 'C';
  f.(0) <- 9.;
  print_endline (Bytes.to_string b)

let () =
  Gc.full_major ();
  Printf.printf "inner %s\n" (state w 1);
  (match Weak.get_copy w 1 with None -> print_endline "no copy" | Some _ -> print_endline "copy");
  match Weak.get w 2 with None -> print_endline "never set" | Some _ -> ()

(* What get returns is alive as long as it is used. *)
let () =
  ignore (fill ());
  match Weak.get w 0 with
  | None -> print_endline "gone at once"
  | Some item ->
      Gc.full_major ();
      Printf.printf "%s\n" (state w 0);
      ignore (Sys.opaque_identity item)

(* stdout {expected|
2 100 oo false true
7 true
dead dead dead
inner alive, through the copy
2 oo 0. 1. 2. 3. 4. copy me 2
Copy me
inner dead
no copy
never set
alive
|expected} *)
