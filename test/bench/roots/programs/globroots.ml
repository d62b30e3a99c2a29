(* The traffic of the OCaml test suite's test of global roots: 1024 references that are changed or made anew, with young values and with
   old ones, between collections that the program asks for. *)

module Reference = References.Chosen

let size = 1024
let old = Array.init size string_of_int
let roots = Array.init size (fun i -> Reference.create (string_of_int i))
let swapped = ref (0, 1)

let renew i v =
  Reference.delete roots.(i);
  roots.(i) <- Reference.create v

let step () =
  (* Something is allocated between any two collections. *)
  (let a, b = !swapped in
   swapped := (b, a));
  match Random.int 37 with
  | 0 -> Gc.full_major ()
  | n when n <= 4 -> Gc.minor ()
  | n ->
      let i = Random.int size in
      if n <= 12 then Reference.modify roots i (string_of_int i)
      else if n <= 20 then Reference.modify roots i old.(i)
      else if n <= 28 then renew i (string_of_int i)
      else renew i old.(i)

let () =
  Random.init 42;
  let steps = int_of_string Sys.argv.(2) in
  References.measure (fun () ->
      for _ = 1 to steps do
        step ()
      done);
  Array.iteri (fun i root -> assert (Reference.get root = old.(i))) roots
