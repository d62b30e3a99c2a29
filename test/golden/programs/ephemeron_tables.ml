(* Hash tables whose bindings live as long as their keys. *)

module Key = struct
  type t = { id : int; mutable label : string }

  let equal = ( == )
  let hash k = k.id
  let make id = { id; label = "k" ^ string_of_int id }
end

module T = Ephemeron.K1.Make (Key)

let keys n = Array.init n Key.make
let sorted l = String.concat " " (List.map string_of_int (List.sort compare l))

let basic () =
  let t = T.create 4 in
  let k = keys 5 in
  Array.iteri (fun i key -> T.add t key (10 * i)) k;
  Printf.printf "length %d, third %d\n" (T.length t) (T.find t k.(3));
  T.add t k.(3) 300;
  T.add t k.(3) 3000;
  Printf.printf "all: %s\n" (String.concat " " (List.map string_of_int (T.find_all t k.(3))));
  T.remove t k.(3);
  Printf.printf "after remove: %d of %s\n" (T.find t k.(3)) (sorted (T.find_all t k.(3)));
  T.replace t k.(3) 33;
  Printf.printf "after replace: %s\n" (sorted (T.find_all t k.(3)));
  Printf.printf "mem %b %b\n" (T.mem t k.(0)) (T.mem t (Key.make 0));
  (match T.find_opt t (Key.make 1) with None -> print_endline "other key" | Some _ -> print_endline "found");
  (match T.find t (Key.make 2) with exception Not_found -> print_endline "not found" | _ -> ());
  let copy = T.copy t in
  T.clear t;
  Printf.printf "cleared %d, copy %d\n" (T.length t) (T.length copy);
  T.reset copy;
  Printf.printf "reset %d\n" (T.length copy);
  T.add_seq t (Seq.map (fun key -> (key, key.Key.id)) (Array.to_seq k));
  T.replace_seq t (Seq.map (fun key -> (key, -key.Key.id)) (Array.to_seq k));
  Printf.printf "sequences: %d, %d\n" (T.length t) (T.find t k.(4));
  let t' = T.of_seq (Seq.map (fun key -> (key, key.Key.label)) (Array.to_seq k)) in
  Printf.printf "of_seq: %s\n" (T.find t' k.(2));
  ignore (Sys.opaque_identity k)

let alive t = (T.stats_alive t).num_bindings

let dying () =
  let t = T.create 16 in
  let k = keys 1000 in
  Array.iteri (fun i key -> T.add t key (Array.make 3 i)) k;
  Printf.printf "%d alive\n" (alive t);
  Array.iteri (fun i _ -> if i mod 10 <> 0 then k.(i) <- k.(0)) k;
  Gc.full_major ();
  Printf.printf "%d alive\n" (alive t);
  T.clean t;
  Printf.printf "length %d\n" (T.length t);
  let sum = Array.fold_left (fun n key -> n + (T.find t key).(2)) 0 k in
  Printf.printf "sum %d\n" sum;
  Array.fill k 0 1000 (Key.make 5000);
  Gc.full_major ();
  Printf.printf "%d alive\n" (alive t);
  T.clean t;
  Printf.printf "length %d\n" (T.length t);
  ignore (Sys.opaque_identity k)

(* Data that refers to its own key does not keep it. *)
module S = Ephemeron.K1.Make (struct
  type t = string

  let equal = String.equal
  let hash = Hashtbl.hash
end)

let self_reference () =
  let t = S.create 10 in
  let[@inline never] fill () =
    for i = 1 to 100 do
      let key = "key" ^ string_of_int i in
      S.replace t key (fun () -> key ^ "!")
    done
  in
  fill ();
  let key = "key" ^ string_of_int 50 in
  ignore (S.mem t key);
  Gc.full_major ();
  Printf.printf "%d alive\n" (S.stats_alive t).num_bindings

(* Young keys die at a minor collection, with their data. *)
let young () =
  let t = T.create 10 in
  let held = Key.make 1 in
  let[@inline never] fill () =
    T.add t held [| 1 |];
    for i = 2 to 50 do
      T.add t (Key.make i) [| i |]
    done
  in
  fill ();
  Gc.full_major ();
  T.clean t;
  Printf.printf "young: %d, %d\n" (T.length t) (T.find t held).(0);
  ignore (Sys.opaque_identity held)

let () =
  basic ();
  dying ();
  self_reference ();
  young ()

(* stdout {expected|
length 5, third 30
all: 3000 300 30
after remove: 300 of 30 300
after replace: 30 33
mem true false
other key
not found
cleared 0, copy 6
reset 0
sequences: 5, -4
of_seq: k2
1000 alive
100 alive
length 100
sum 49500
0 alive
length 0
0 alive
young: 1, 1
|expected} *)
