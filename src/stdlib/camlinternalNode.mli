(** Requests of the library to the node that serves the program (src/bridge/processes.ts): what [Erlang] is made of. *)

(** The running thread, which the node knows by its number: from now on it is a process of Erlang, which can be killed. *)
val me : unit -> CamlinternalHost.datum

(** Raises [Invalid_argument] for a request that makes no sense, [Failure] when there is no node or no room for more processes. *)
val request : string -> CamlinternalHost.datum list -> CamlinternalHost.datum

val text : CamlinternalHost.datum -> string
val number : CamlinternalHost.datum -> int
val texts : CamlinternalHost.datum -> string list

(** Waits for what another node, or the node itself, answers to a request of this thread: an encoded term. *)
val ask_bytes : string -> CamlinternalHost.datum list -> string

val ask : string -> CamlinternalHost.datum list -> CamlinternalTerm.term

(** Sends an encoded term from this thread; waits while the node over there takes messages more slowly than they are sent. *)
val deliver : CamlinternalHost.datum -> string -> unit

(** The longest time that the node's clock knows, in milliseconds: 24 days. *)
val longest : int

(** Of so many seconds. *)
val milliseconds : float -> int
