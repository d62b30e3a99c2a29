(* Gc.major_slice and the passing of time: garbage is found sooner or later without a full collection. *)

let w : int array Weak.t = Weak.create 10

let[@inline never] fill () =
  for i = 0 to 9 do
    Weak.set w i (Some (Array.make 10 i))
  done

let alive () = List.exists (Weak.check w) (List.init 10 Fun.id)

let rec slices n =
  if not (alive ()) then true
  else if n = 0 then false
  else begin
    ignore (Gc.major_slice 0);
    ignore (Gc.major_slice 100_000);
    slices (n - 1)
  end

let () =
  fill ();
  Gc.minor ();
  Printf.printf "found by slices: %b\n" (slices 1000)

(* By allocation alone; what is allocated is kept for a while. *)
let () =
  let kept = Array.make 1000 [] in
  let[@inline never] old () =
    fill ();
    Gc.minor ()
  in
  old ();
  let steps = ref 0 in
  while alive () && !steps < 5_000_000 do
    incr steps;
    kept.(!steps mod 1000) <- [ !steps; !steps ]
  done;
  Printf.printf "found while allocating: %b\n" (not (alive ()));
  ignore (Sys.opaque_identity kept)

(* A finaliser runs at last, without being asked for. *)
let () =
  let ran = ref false in
  let[@inline never] register () = Gc.finalise (fun _ -> ran := true) (Bytes.create 100) in
  register ();
  let kept = Array.make 1000 "" in
  let steps = ref 0 in
  while (not !ran) && !steps < 5_000_000 do
    incr steps;
    kept.(!steps mod 1000) <- String.make 400 'x'
  done;
  Printf.printf "finaliser ran: %b\n" !ran;
  ignore (Sys.opaque_identity kept)

(* stdout {expected|
found by slices: true
found while allocating: true
finaliser ran: true
|expected} *)
