(** Work for a number of workers. *)

type ('a, 'b) t = {
  run : 'a -> 'b;  (** Waits for a free worker and for what it returns or raises. *)
  register : ('a -> 'b) -> unit;  (** One more worker, which does one thing at a time. *)
}

val create : unit -> ('a, 'b) t

(** A pool of [n] workers that do the same. *)
val of_function : int -> ('a -> 'b) -> ('a, 'b) t

(** All at once, by as many processes as there are elements; the results in the order of the list. The first exception is raised when
    all are done. *)
val map : ('a -> 'b) -> 'a list -> 'b list

(** [map_reduce f combine zero xs] is [combine (f x1) (combine (f x2) … zero)], the elements in any order. *)
val map_reduce : ('a -> 'b) -> ('b -> 'c -> 'c) -> 'c -> 'a list -> 'c
