(* The ephemerons that all others are made of: keys, data, copies, blits. *)

module E = Obj.Ephemeron

let show name v = Printf.printf "%s: %s\n" name (match v with Some o -> string_of_int !(Obj.obj o : int ref) | None -> "-")
let attempt name f = try f () with Invalid_argument m -> Printf.printf "%s: %s\n" name m
let values = Array.init 10 (fun i -> ref i)
let value i = Obj.repr values.(i)

let () =
  let e = E.create 3 in
  Printf.printf "length %d\n" (E.length e);
  show "no key" (E.get_key e 0);
  show "no data" (E.get_data e);
  E.set_data e (value 9);
  show "data without keys" (E.get_data e);
  E.set_key e 0 (value 0);
  E.set_key e 2 (value 2);
  show "first" (E.get_key e 0);
  show "second" (E.get_key e 1);
  show "third" (E.get_key e 2);
  Gc.full_major ();
  Printf.printf "%b %b %b %b\n" (E.check_key e 0) (E.check_key e 1) (E.check_key e 2) (E.check_data e);
  E.unset_key e 0;
  Printf.printf "%b %b\n" (E.check_key e 0) (E.check_data e);
  E.unset_data e;
  show "no data" (E.get_data e);
  let f = E.create 5 in
  E.blit_key e 0 f 2 3;
  List.iter (fun i -> show (string_of_int i) (E.get_key f i)) [ 0; 1; 2; 3; 4 ];
  E.set_data e (value 5);
  E.blit_data e f;
  show "data" (E.get_data f);
  E.unset_data e;
  E.blit_data e f;
  show "no data" (E.get_data f);
  E.blit_key f 2 f 1 3;
  List.iter (fun i -> show (string_of_int i) (E.get_key f i)) [ 0; 1; 2; 3; 4 ];
  (match E.get_key_copy f 3 with
  | Some o ->
      let r : int ref = Obj.obj o in
      Printf.printf "copy %d, %b\n" !r (r == values.(2))
  | None -> print_endline "no copy");
  attempt "get_key" (fun () -> ignore (E.get_key f 5));
  attempt "set_key" (fun () -> E.set_key f (-1) (value 1));
  attempt "blit" (fun () -> E.blit_key e 1 f 0 3);
  attempt "create" (fun () -> ignore (E.create (-1)));
  ignore (Sys.opaque_identity values)

(* Copies of data keep the copy alive, not the original. *)
let[@inline never] with_data key =
  let e = E.create 1 in
  E.set_key e 0 (Obj.repr key);
  E.set_data e (Obj.repr (Array.make 4 (Array.length Sys.argv)));
  e

let () =
  let key = ref 1 in
  let e = with_data key in
  let copy : int array =
    match E.get_data_copy e with Some d -> Obj.obj d | None -> [||]
  in
  copy.(0) <- 50;
  (match E.get_data e with
  | Some d ->
      let original : int array = Obj.obj d in
      Printf.printf "%d %d %d\n" copy.(0) original.(0) (Array.length original)
  | None -> print_endline "lost");
  Gc.full_major ();
  Printf.printf "%b\n" (E.check_data e);
  ignore (Sys.opaque_identity key)

(* stdout {expected|
length 3
no key: -
no data: -
data without keys: 9
first: 0
second: -
third: 2
true false true true
false true
no data: -
0: -
1: -
2: -
3: -
4: 2
data: 5
no data: -
0: -
1: -
2: -
3: 2
4: 2
copy 2, false
get_key: Obj.Ephemeron.get_key
set_key: Obj.Ephemeron.set_key
blit: Obj.Ephemeron.blit_key
create: Obj.Ephemeron.create
50 1 4
true
|expected} *)
