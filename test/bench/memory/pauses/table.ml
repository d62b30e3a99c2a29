(* A hash table of strings, about a gigabyte, in which bindings come and go. *)

let size = 6_000_000
let key n = "key " ^ string_of_int n
let value n = String.make (8 + (n land 31)) 'v'

let () =
  let table = Hashtbl.create (2 * size) in
  for n = 0 to size - 1 do
    Hashtbl.add table (key n) (value n)
  done;
  let oldest = ref 0 in
  Steady.run (fun i ->
      Hashtbl.remove table (key !oldest);
      incr oldest;
      let n = size - 1 + !oldest in
      Hashtbl.add table (key n) (value (n + i)));
  ignore (Sys.opaque_identity (Hashtbl.length table))
