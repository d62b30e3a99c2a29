(* What compiled join definitions call: src/lambda/join-runtime.ts has the positions. Not for programs. *)

type automaton

(* Where the reply to a synchronous message goes. *)
type continuation

type message = { value : Obj.t; reply : continuation }

(* A channel of an automaton: its name, and which of its patterns match a value, as bits. *)
type channel = { name : string; classify : (Obj.t -> int) option; patterns : int }

(* A reaction: for each of its inputs the channel and the bit of its pattern there; what a false guard says; the position of the only
   synchronous input, or -1; the body. *)
type reaction = {
  channels : int array;
  bits : int array;
  guard : (message array -> bool) option;
  caller : int;
  body : message array -> unit;
}

val automaton : channel array -> automaton
val define : automaton -> reaction array -> unit

(* Sends to the channel of this number; the place is raised with [Match_failure] when no pattern matches. *)
val send : automaton -> int -> string * int * int -> Obj.t -> unit
val call : automaton -> int -> string * int * int -> Obj.t -> Obj.t
val reply : continuation -> Obj.t -> unit

(* The branch that had to make these replies has raised. *)
val fail : continuation array -> exn -> unit

(* Runs a process beside others. *)
val schedule : (unit -> unit) -> unit

(* For automata that are compiled themselves; all but [wait] are atomic. *)
type 'a queue
type 'a cell

val push : 'a queue -> 'a -> unit
val pop : 'a queue -> 'a cell
val is_abandoned : continuation -> bool
val runs_own : unit -> bool
val wait : continuation -> string -> Obj.t

(* Waits until no process can go on. *)
val finish : unit -> unit
