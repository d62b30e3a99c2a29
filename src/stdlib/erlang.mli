(** Erlang, seen from OCaml code that a camlnode serves: terms, processes, messages, calls of other nodes.

    A green thread that asks for its [self] is an Erlang process: it has a pid, a mailbox, links and monitors, on any node of the
    cluster as on this one. A call from Erlang runs in such a thread, and so does what [spawn] starts. Functions that wait
    ([receive], [call], …) let other threads run.

    Outside a camlnode (under [jocrun], say) everything that needs a node raises [Failure]. Under [camlnode port] the node is [nonode@nohost], and
    what needs another one fails as it does when that cannot be reached. *)

(** {1 Terms} *)

type pid
type reference
type port

(** A function of Erlang. *)
type func

type term =
  | Atom of string
  | Int of int
  | Big of { negative : bool; magnitude : string }
      (** An integer that is no [int]: bytes of its absolute value, lowest first, the last one not zero. *)
  | Float of float
  | Binary of string
  | Bits of string * int  (** A bitstring: only the highest [1..7] bits of its last byte count. *)
  | List of term list
  | Improper of term list * term
  | Tuple of term list
  | Map of (term * term) list
  | Pid of pid
  | Reference of reference
  | Port of port
  | Fun of func

(** As the shell prints it, on one line. *)
val to_string : term -> string

val pid_to_string : pid -> string

(** The node of a process. *)
val node_of : pid -> string

(** External term format, as of [term_to_binary/1] and [binary_to_term/1]. Raises [Invalid_argument] for a term that Erlang does not have,
    [Failure] for bytes that are none. *)
val term_to_binary : term -> string

val binary_to_term : string -> term

(** How OCaml values of a type are terms: for calls that are typed where they are made. *)
module Type : sig
  type 'a t

  val term : term t
  val int : int t
  val float : float t

  (** [true], [false]. *)
  val bool : bool t

  (** [ok]. *)
  val unit : unit t

  (** A binary. *)
  val string : string t

  (** A list of bytes. *)
  val charlist : string t

  val atom : string t
  val pid : pid t
  val reference : reference t
  val list : 'a t -> 'a list t

  (** [undefined], [{some, V}]: as calls from Erlang have it. *)
  val option : 'a t -> 'a option t

  (** [{ok, V}], [{error, E}]. *)
  val result : 'a t -> 'e t -> ('a, 'e) result t

  val pair : 'a t -> 'b t -> ('a * 'b) t
  val triple : 'a t -> 'b t -> 'c t -> ('a * 'b * 'c) t

  (** A map. *)
  val map : 'k t -> 'v t -> ('k * 'v) list t

  (** A type that is made of another one. The function from terms' values may raise [Failure]. *)
  val conv : ('a -> 'b) -> ('b -> 'a) -> 'b t -> 'a t

  (** Raises [Invalid_argument] for what Erlang does not have. *)
  val to_term : 'a t -> 'a -> term

  (** Raises [Failure], which says what was expected where. *)
  val of_term : 'a t -> term -> 'a

  (** Functions: [int @-> string @-> returning bool]. *)
  type 'f signature

  val returning : 'a t -> 'a signature
  val ( @-> ) : 'a t -> 'f signature -> ('a -> 'f) signature
end

(** {1 Failures} *)

type failure = Error | Exit | Throw

(** What Erlang code raises: class, reason, stack. Not handled, it ends a call with just that, and a process as in Erlang. *)
exception Raised of failure * term * term

val error : term -> 'a
val exit : term -> 'a
val throw : term -> 'a

(** {1 Processes} *)

val self : unit -> pid

(** The process that has made the call that runs in this thread. *)
val caller : unit -> pid option

val spawn : (unit -> unit) -> pid
val spawn_link : (unit -> unit) -> pid
val spawn_monitor : (unit -> unit) -> pid * reference

(** Where messages go. *)
type destination =
  | Process of pid
  | Name of string  (** a name on this node *)
  | Remote_name of string * string  (** name, node *)
  | Alias of reference

(** Never fails: what cannot be delivered is lost, as in Erlang. *)
val send : pid -> term -> unit

val send_to : destination -> term -> unit

(** [receive f] takes the first message for which [f] is [Some _], and waits for it. The others stay in their order. *)
val receive : (term -> 'a option) -> 'a

(** The same for some seconds. *)
val receive_within : float -> (term -> 'a option) -> 'a option

(** The next message. *)
val receive_any : unit -> term

(** Raises [Invalid_argument] when the name is taken, or the process is none of this node's or not alive. Names that begin with the name of a
    module that can be called and a dot are those of its channels. *)
val register : string -> pid -> unit

(** False when nobody has the name. *)
val unregister : string -> bool

val whereis : string -> pid option

(** {1 Links and monitors} *)

val link : pid -> unit
val unlink : pid -> unit

(** Sends an exit signal, as [exit/2]. *)
val exit_process : pid -> term -> unit

(** Exit signals become messages [{'EXIT', Pid, Reason}]. *)
val trap_exit : bool -> unit

(** A message [{'DOWN', Reference, process, Pid | {Name, Node}, Reason}] follows when it is gone. *)
val monitor : destination -> reference

(** No [DOWN] of this monitor comes afterwards, nor is one left in the mailbox. *)
val demonitor : reference -> unit

(** Messages to an alias reach this process until [unalias]. *)
val alias : unit -> reference

val unalias : reference -> unit
val make_reference : unit -> reference

(** {1 Nodes} *)

val node : unit -> string

(** Connected nodes, hidden ones too. *)
val nodes : unit -> string list

(** A message [{nodedown, Node}] follows when the connection is lost, or when there is none. *)
val monitor_node : string -> bool -> unit

(** {1 Calls} *)

(** [call node m f signature] calls [m:f] on a node as [erpc:call] does: [call n "lists" "seq" Type.(int @-> int @-> returning (list int)) 1 9].
    Raises [Raised] with what the function raised, [Failure] when its result is of another type. [timeout] in seconds; 5 by default. *)
val call : ?timeout:float -> string -> string -> string -> 'f Type.signature -> 'f

(** The same without types. *)
val apply : ?timeout:float -> string -> string -> string -> term list -> term

(** Applies a fun, as [call] does where it is at home: on the node of the process that made it, and for an external one
    ([fun lists:reverse/1]) on that of the [caller]. *)
val call_fun : ?timeout:float -> ?node:string -> func -> 'f Type.signature -> 'f

val apply_fun : ?timeout:float -> ?node:string -> func -> term list -> term

(** [gen_server:call]. Raises [Raised (Exit, {Reason, {gen_server, call, …}}, _)] as it does. *)
val gen_call : ?timeout:float -> destination -> term -> term

val gen_cast : destination -> term -> unit

(** {1 Process groups}

    The default scope of Erlang's [pg]: [pg:get_members(Group)] on any node finds the processes that have joined here, and the other way round. *)

module Pg : sig
  (** Raises [Invalid_argument] for a process that is none of this node's. *)
  val join : term -> pid -> unit

  (** False when it is not in the group. *)
  val leave : term -> pid -> bool

  (** On all nodes. *)
  val members : term -> pid list
end

(** {1 Global names}

    Names of Erlang's [global], which all nodes of a cluster share: a process of this node that has one is found by [global:whereis_name] and
    [gen_server:call({global, Name}, Request)] everywhere, and those of Erlang processes are found here. The names are kept by Erlang's visible
    nodes; each function asks one that this node is connected to, and raises [Raised (Error, {erpc, noconnection}, [])] where there is none. Those nodes
    watch the process, so each of them must be able to connect to this node; the name ends with the process, and with the connection. *)

module Global : sig
  (** False: the name is taken. The default timeout is 5 seconds. *)
  val register_name : ?timeout:float -> term -> pid -> bool

  val unregister_name : ?timeout:float -> term -> unit
  val whereis_name : ?timeout:float -> term -> pid option

  (** Who got it. Raises [Raised (Exit, {badarg, {Name, Message}}, [])] when nobody has the name, as [global:send] does. *)
  val send : ?timeout:float -> term -> term -> pid
end

(** {1 Timers} *)

type timer

(** The message comes in so many seconds. *)
val send_after : float -> pid -> term -> timer

(** False when it has come. *)
val cancel_timer : timer -> bool

(** {1 gen_server} *)

(** A server that [gen_server:call], [sys:get_status] and supervisors take for one of theirs. *)
module Gen_server : sig
  (** Who is to be answered. *)
  type from

  (** Answers a call, at any time, from any thread. *)
  val reply : from -> term -> unit

  type 'state next =
    | Continue of 'state
    | Timeout of 'state * float  (** [handle_info] gets [timeout] when nothing comes in so many seconds. *)
    | Then of 'state * term  (** [handle_continue] gets the term before any message: of servers of [Make_full]. *)
    | Stop of term * 'state

  type 'state answer =
    | Reply of term * 'state
    | No_reply of 'state  (** [reply] answers later *)
    | Reply_and_stop of term * term * 'state  (** reply, reason *)
    | Reply_next of term * 'state next  (** replies, and goes on in any way *)
    | No_reply_next of 'state next

  module type Calls = sig
    type state

    (** For [sys:get_status], and the like. *)
    val name : string

    val handle_call : term -> from -> state -> state answer
    val handle_cast : term -> state -> state next
    val handle_info : term -> state -> state next

    (** Before the server ends of itself or because of an exception, with the reason; and when its supervisor ends it, if it traps exits
        ([trap_exit true] in [init]). *)
    val terminate : term -> state -> unit

    (** The state as [sys:get_state] shows it. *)
    val show : state -> term
  end

  module type S = sig
    include Calls

    val init : term -> (state, term) result
  end

  (** All that a [gen_server] can do. *)
  module type Full = sig
    include Calls

    val init : term -> (state next, term) result
    val handle_continue : term -> state -> state next

    (** The state as [sys:get_status] shows it. *)
    val format_status : state -> term

    (** The state that [show] would show so, for [sys:replace_state]; [None] refuses. *)
    val restore : term -> state option
  end

  module type Started = sig
    (** Starts a server; the result is there when [init] has ended. [register] is its name on this node. *)
    val start : ?register:string -> term -> (pid, term) result

    (** The same, linked to the process that made the present call (a supervisor, usually), or else to the process of this thread. *)
    val start_link : ?register:string -> term -> (pid, term) result
  end

  module Make (_ : S) : Started
  module Make_full (_ : Full) : Started
end
