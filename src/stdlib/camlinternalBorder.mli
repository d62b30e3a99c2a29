(** Calls whose arguments or results cross the border of the program in a form that only OCaml code can make or read:
    sequences and suspended values, which run code, and maps and sets whose order is a function of the program. The host makes and reads
    lists in their place (src/bridge/conversions.ts); here they become what the types say, and back. *)

(** How values of a type are converted. Types may be recursive, so nodes refer to each other by number. *)
type node =
  | Keep
  | Block of (int * int) list  (** fields with their nodes; immediates are kept *)
  | Blocks of (int * int) list array  (** by the block's tag *)
  | Tagged of (int * int) list  (** a polymorphic variant: the argument's node, by hash *)
  | Elements of int  (** a list *)
  | Items of int  (** an array of pointers or ints *)
  | Table of int  (** the data of a hash table *)
  | Tree of int  (** the data of a map *)
  | Sequence of int  (** a list outside *)
  | Suspension of int  (** its value outside *)
  | Set of order * int  (** a list outside *)
  | Map of order * int * int  (** a list of pairs outside *)

(** An order that is not known cannot be asked for: such values only go out. *)
and order = Unknown | Natural  (** that of [Stdlib.compare] *) | Order of compare

and compare = Obj.t -> Obj.t -> int

type plan = {
  parameters : int list;  (** a node for each parameter of the function, or -1: it gets [()] or [None] *)
  result : int;
  nodes : node array;
  longest : int;  (** how many elements a sequence may have *)
}

exception Too_long

(** Converts the arguments of a function that is outside, and its result: such a plan has a node for each argument. *)
val outward : plan -> Obj.t list -> Obj.t list

val inward : plan -> Obj.t -> Obj.t

(** Applies a function to what the host has made, and gives back what the host can read. *)
val call : plan -> Obj.t -> Obj.t array -> Obj.t
