(* Finalisers that register finalisers: in chains, in trees, for values that are dead already. *)

let count = ref 0
let deepest = ref 0

let rec chain n =
  Gc.finalise
    (fun r ->
      incr count;
      if !r > !deepest then deepest := !r;
      if !r < 40 then chain (!r + 1))
    (ref n)

let rec split n =
  Gc.finalise
    (fun r ->
      incr count;
      if !r > 0 then begin
        split (!r - 1);
        split (!r - 1)
      end)
    (ref n)

let report name =
  Printf.printf "%s: %d, deepest %d\n" name !count !deepest;
  count := 0;
  deepest := 0

let rounds n =
  for _ = 1 to n do
    Gc.full_major ()
  done

(* The values of a list die one cell at a time, each handing over the next. *)
type cell = { value : int; mutable next : cell option }

let order = ref []

let rec watch cell =
  Gc.finalise
    (fun c ->
      order := c.value :: !order;
      match c.next with
      | None -> ()
      | Some next ->
          c.next <- None;
          watch next)
    cell

let[@inline never] cells n =
  let rec make i = { value = i; next = (if i = n then None else Some (make (i + 1))) } in
  watch (make 1)

(* Many at once. *)
let[@inline never] many () =
  for i = 1 to 5_000 do
    Gc.finalise (fun r -> count := !count + !r) (ref i);
    Gc.finalise_last (fun () -> incr deepest) (ref i)
  done

let () =
  chain 1;
  rounds 60;
  report "chain";
  split 6;
  rounds 20;
  report "tree";
  cells 10;
  rounds 20;
  print_endline (String.concat " " (List.rev_map string_of_int !order));
  many ();
  rounds 2;
  report "many"

(* stdout {expected|
chain: 40, deepest 40
tree: 127, deepest 0
1 2 3 4 5 6 7 8 9 10
many: 12502500, deepest 5000
|expected} *)
