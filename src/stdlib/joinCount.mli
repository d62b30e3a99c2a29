(** Counting what processes do, and waiting for all of it. Any number of callers may wait, before or after. *)

(** A number of events that is known in advance. *)
module Down : sig
  type t = { tick : unit Join.chan; wait : unit -> unit }

  (** [wait ()] returns when [tick] has had [n] messages. *)
  val create : int -> t
end

(** The same, with what the events bring. *)
module Collector : sig
  type ('a, 'b) t = { collect : 'a Join.chan; wait : unit -> 'b }

  (** [create combine zero n]: [wait ()] returns [combine x1 (combine x2 … (combine xn zero))] for the first [n] messages of [collect],
      in any order. What [combine] raises is raised by [wait]. *)
  val create : ('a -> 'b -> 'b) -> 'b -> int -> ('a, 'b) t
end

(** The number of events is not known in advance. *)
module Dynamic : sig
  type ('a, 'b) t = {
    enter : unit -> unit;  (** One more event will come. *)
    leave : 'a Join.chan;  (** It has come. *)
    finished : unit Join.chan;  (** No more will be announced. *)
    wait : unit -> 'b;
  }

  (** [wait ()] returns when all announced events have come after [finished], with what [Collector] would return. *)
  val create : ('a -> 'b -> 'b) -> 'b -> ('a, 'b) t
end

(** The same, where one can ask what is still to come. *)
module Monitor : sig
  type key

  type ('a, 'b, 'c) t = {
    enter : 'a -> key;
    leave : (key * 'b) Join.chan;  (** For a key that has left already: nothing. *)
    is_pending : key -> bool;
    get_pendings : unit -> (key * 'a) list;  (** In the order in which they entered. *)
    finished : unit Join.chan;
    wait : unit -> 'c;
  }

  val create : ('b -> 'c -> 'c) -> 'c -> ('a, 'b, 'c) t
end
