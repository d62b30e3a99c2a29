(* References as a program may use them: in each of 2^n minor generations ten thousand to small values and twenty to large ones, besides
   values that OCaml alone holds. Rates say how many outlive their generation, and each generation after it. *)

module Reference = References.Chosen

let rounds = 10
let small_per_generation = 10_000
let large_per_generation = 20
let large_words = 512
let small_promotion = 0.2
let large_promotion = 1.
let root_survival = 0.99
let value_promotion = 0.1
let value_survival = 0.5
let within rate = float_of_int (Random.bits ()) < rate *. 1073741824.

(* A ring of cells with a way in. *)
module Ring = struct
  type 'a cell = { contents : 'a; ring : 'a t; mutable before : 'a cell; mutable after : 'a cell }
  and 'a t = 'a cell option ref

  let create () = ref None

  let push ring contents =
    match !ring with
    | None ->
        let rec cell = { contents; ring; before = cell; after = cell } in
        ring := Some cell
    | Some first ->
        let cell = { contents; ring; before = first.before; after = first } in
        first.before.after <- cell;
        first.before <- cell;
        ring := Some cell

  let length ring =
    match !ring with
    | None -> 0
    | Some first ->
        let rec count n cell = if cell == first then n else count (n + 1) cell.after in
        count 1 first.after

  let keep ring wanted =
    let rec visit left kept cell =
      if left = 0 then (if not kept then ring := None)
      else if wanted cell.contents then begin
        if not kept then ring := Some cell;
        visit (left - 1) true cell.after
      end
      else begin
        cell.before.after <- cell.after;
        cell.after.before <- cell.before;
        visit (left - 1) kept cell.after
      end
    in
    match !ring with
    | None -> ()
    | Some first -> visit (length ring) false first
end

(* A function that says true until a minor collection has run since it said so last. *)
let generation () =
  let least = ref max_int in
  fun () ->
    let free = Gc.get_minor_free () in
    free < !least && (least := free; true)

let delete_unless survives roots = Ring.keep roots (fun root -> survives () || (Reference.delete root; false))

let most_small = ref 0
let most_large = ref 0

let run_generation small large values =
  let small_count = ref 0 and large_count = ref 0 in
  let goes_on = generation () in
  let add roots promotion value count =
    let root = Reference.create value in
    incr count;
    if within promotion then Ring.push roots root else Reference.delete root
  in
  while goes_on () do
    if !small_count < small_per_generation then add small small_promotion (Some !small_count) small_count;
    if !large_count < large_per_generation then add large large_promotion (Array.make large_words !large_count) large_count;
    let value = Some !small in
    if within value_promotion then Ring.push values value
  done;
  most_small := max !most_small !small_count;
  most_large := max !most_large !large_count;
  delete_unless (fun () -> within root_survival) small;
  delete_unless (fun () -> within root_survival) large;
  Ring.keep values (fun _ -> within value_survival)

let run generations =
  for _ = 1 to rounds do
    let small = Ring.create () and large = Ring.create () and values = Ring.create () in
    for _ = 1 to generations do
      run_generation small large values
    done;
    delete_unless (fun () -> false) small;
    delete_unless (fun () -> false) large
  done

let () =
  Random.init 42;
  References.measure (fun () -> run (1 lsl int_of_string Sys.argv.(2)));
  assert (!most_small = small_per_generation && !most_large = large_per_generation);
  assert (!Reference.live = 0)
