(* References to values, by every discipline there is. The operations of all but the last two are stubs: code outside OCaml that keeps
   the value alive in its own way (stubs/references.ts). *)

module type REFERENCE = sig
  type 'a t

  val create : 'a -> 'a t
  val get : 'a t -> 'a
  val delete : 'a t -> unit

  (* Changes what an element of an array refers to. *)
  val modify : 'a t array -> int -> 'a -> unit
end

(* A root in a pool, passed as its address with the lowest bit set. *)
module Boxroot = struct
  type 'a t

  external create : 'a -> 'a t = "boxroot_create"
  external get : 'a t -> 'a = "boxroot_get"
  external delete : 'a t -> unit = "boxroot_delete"
  external modify : 'a t array -> int -> 'a -> unit = "boxroot_modify"
end

(* A cell outside the heap, registered as a generational global root. *)
module Generational = struct
  type 'a t

  external create : 'a -> 'a t = "generational_create"
  external get : 'a t -> 'a = "cell_get"
  external delete : 'a t -> unit = "generational_delete"
  external modify : 'a t array -> int -> 'a -> unit = "generational_modify"
end

(* The same as a plain global root. *)
module Global = struct
  type 'a t

  external create : 'a -> 'a t = "global_create"
  external get : 'a t -> 'a = "cell_get"
  external delete : 'a t -> unit = "global_delete"
  external modify : 'a t array -> int -> 'a -> unit = "global_modify"
end

(* A block of one field in OCaml's heap, made and emptied by stubs. *)
module Block = struct
  type 'a t

  external create : 'a -> 'a t = "block_create"
  external get : 'a t -> 'a = "block_get"
  external delete : 'a t -> unit = "block_delete"
  external modify : 'a t array -> int -> 'a -> unit = "block_modify"
end

(* The same in OCaml, but for the creation: whose type must not be seen when it holds a float. *)
module Record = struct
  type 'a t = { mutable contents : 'a }

  external create : 'a -> 'a t = "block_create"

  let get r = r.contents
  let delete r = r.contents <- Obj.magic ()
  let modify a i v = a.(i).contents <- v
end

(* The value itself. *)
module Value = struct
  type 'a t = 'a

  let create v = v
  let get v = v
  let delete _ = ()
  let modify a i v = a.(i) <- v
end

let disciplines : (string * (module REFERENCE)) list =
  [
    ("boxroot", (module Boxroot));
    ("generational", (module Generational));
    ("global", (module Global));
    ("gc", (module Block));
    ("ocaml_ref", (module Record));
    ("ocaml", (module Value));
  ]

(* The one that the command line names, and how many of its references there are. *)
module Chosen = struct
  include (val List.assoc Sys.argv.(1) disciplines : REFERENCE)

  let live = ref 0

  let create v =
    incr live;
    create v

  let delete r =
    delete r;
    decr live

  let consume r =
    let v = get r in
    delete r;
    v
end

(* Prints the processor time that it took, then what the collector did. *)
let measure f =
  let before = Gc.quick_stat () in
  let start = Sys.time () in
  f ();
  let seconds = Sys.time () -. start in
  let after = Gc.quick_stat () in
  Printf.printf "%.4f %d %d\n" seconds
    (after.minor_collections - before.minor_collections)
    (after.major_collections - before.major_collections)
