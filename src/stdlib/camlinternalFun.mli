(** Functions of OCaml that are Erlang funs: what a fun becomes that crosses the border where a function is wanted
    (src/bridge/erlang-funs.ts). *)

(** A fun, as it was sent; the node where it runs; the number by which the host knows what it takes and gives. Or the pid of a process that stands
    for a channel; the messages that wait to be sent to it, the last one first; whether somebody sends them. *)
type source = { func : string; node : string; signature : int; mutable waiting : Obj.t list; mutable active : bool }

(** A fun that waits for so many arguments more, after those that it has been given, the last one first. *)
type applied = { source : source; missing : int; given : Obj.t list }

(** A closure of one argument whose only variable is an [applied]: the host makes others after its pattern. *)
val pattern : Obj.t
