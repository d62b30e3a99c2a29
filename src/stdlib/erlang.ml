module Term = CamlinternalTerm
module Green = CamlinternalThread
module Host = CamlinternalHost
module Node = CamlinternalNode

(* Terms *)

(* As they are sent: see CamlinternalTerm. *)
type pid = string
type reference = string
type port = string
type func = string

type term = Term.term =
  | Atom of string
  | Int of int
  | Big of { negative : bool; magnitude : string }
  | Float of float
  | Binary of string
  | Bits of string * int
  | List of term list
  | Improper of term list * term
  | Tuple of term list
  | Map of (term * term) list
  | Pid of pid
  | Reference of reference
  | Port of port
  | Fun of func

let version = "\131"
let term_to_binary term = version ^ Term.encode term

let binary_to_term bytes =
  if not (String.starts_with ~prefix:version bytes) then failwith "Erlang: malformed term";
  Term.decode (String.sub bytes 1 (String.length bytes - 1))

let node_at id start = Term.atom_at id start
let node_of pid = node_at pid 1
let word id at = Int32.to_int (String.get_int32_be id at) land 0xffff_ffff

(* The number that stands for the node is known to that node alone, so it is written out. *)
let pid_to_string pid =
  let rest = Term.skip pid 1 in
  Printf.sprintf "<%s.%d.%d>" (node_of pid) (word pid rest) (word pid (rest + 4))

let reference_to_string reference =
  let rest = Term.skip reference 3 + 4 in
  let words = List.init (String.get_uint16_be reference 1) (fun i -> string_of_int (word reference (rest + (4 * i)))) in
  Printf.sprintf "#Ref<%s.%s>" (node_at reference 3) (String.concat "." (List.rev words))

let is_plain_atom name =
  name <> ""
  && (match name.[0] with 'a' .. 'z' -> true | _ -> false)
  && String.for_all (function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' | '@' -> true | _ -> false) name

let quoted name = "'" ^ String.concat "\\'" (String.split_on_char '\'' name) ^ "'"
let is_printable bytes = String.is_valid_utf_8 bytes && String.for_all (fun c -> c >= ' ' && c <> '\127') bytes

let rec to_string = function
  | Atom name -> if is_plain_atom name then name else quoted name
  | Int n -> string_of_int n
  | Big { negative; magnitude } ->
      let digit i = Printf.sprintf "%02X" (Char.code magnitude.[String.length magnitude - 1 - i]) in
      (if negative then "-16#" else "16#") ^ String.concat "" (List.init (String.length magnitude) digit)
  | Float x -> if Float.is_integer x && Float.abs x < 1e15 then Printf.sprintf "%.1f" x else Printf.sprintf "%.17g" x
  | Binary bytes when is_printable bytes -> Printf.sprintf "<<%S>>" bytes
  | Binary bytes -> "<<" ^ String.concat "," (List.map byte (List.of_seq (String.to_seq bytes))) ^ ">>"
  | Bits (bytes, bits) ->
      let last = String.length bytes - 1 in
      let all = List.init last (fun i -> byte bytes.[i]) in
      let rest = Printf.sprintf "%d:%d" (Char.code bytes.[last] lsr (8 - bits)) bits in
      "<<" ^ String.concat "," (all @ [ rest ]) ^ ">>"
  | List items -> "[" ^ commas items ^ "]"
  | Improper (items, tail) -> "[" ^ commas items ^ "|" ^ to_string tail ^ "]"
  | Tuple items -> "{" ^ commas items ^ "}"
  | Map bindings -> "#{" ^ String.concat "," (List.map binding bindings) ^ "}"
  | Pid pid -> pid_to_string pid
  | Reference reference -> reference_to_string reference
  | Port port -> Printf.sprintf "#Port<%s>" (node_at port 1)
  | Fun _ -> "#Fun"

and byte c = string_of_int (Char.code c)
and commas items = String.concat "," (List.map to_string items)
and binding (key, value) = to_string key ^ " => " ^ to_string value

module Type = struct
  type 'a t = { to_term : 'a -> term; of_term : term -> 'a }

  (* Where, from the inside out; what was expected; what was there. *)
  exception Unfit of string list * string * term

  let unfit expected term = raise (Unfit ([], expected, term))
  let inside place f x = try f x with Unfit (path, expected, term) -> raise (Unfit (place :: path, expected, term))
  let term = { to_term = Fun.id; of_term = Fun.id }
  let int = { to_term = (fun n -> Int n); of_term = (function Int n -> n | t -> unfit "integer of 63 bits" t) }

  let float =
    {
      to_term = (fun x -> Float x);
      of_term = (function Float x -> x | Int n -> float_of_int n | t -> unfit "float" t);
    }

  let bool =
    {
      to_term = (fun b -> Atom (string_of_bool b));
      of_term = (function Atom "true" -> true | Atom "false" -> false | t -> unfit "true or false" t);
    }

  let unit = { to_term = (fun () -> Atom "ok"); of_term = (function Atom "ok" -> () | t -> unfit "ok" t) }
  let string = { to_term = (fun s -> Binary s); of_term = (function Binary s -> s | t -> unfit "binary" t) }
  let atom = { to_term = (fun s -> Atom s); of_term = (function Atom s -> s | t -> unfit "atom" t) }
  let pid = { to_term = (fun p -> Pid p); of_term = (function Pid p -> p | t -> unfit "pid" t) }

  let reference =
    { to_term = (fun r -> Reference r); of_term = (function Reference r -> r | t -> unfit "reference" t) }

  let list item =
    let element i x = inside (Printf.sprintf "element %d" (i + 1)) item.of_term x in
    {
      to_term = (fun items -> List (List.map item.to_term items));
      of_term = (function List items -> List.mapi element items | t -> unfit "list" t);
    }

  let charlist =
    let code = function Int n when n >= 0 && n <= 255 -> Char.chr n | t -> unfit "byte" t in
    {
      to_term = (fun s -> List (List.map (fun c -> Int (Char.code c)) (List.of_seq (String.to_seq s))));
      of_term = (function List items -> String.of_seq (Seq.map code (List.to_seq items)) | t -> unfit "charlist" t);
    }

  let option item =
    {
      to_term = (function None -> Atom "undefined" | Some x -> Tuple [ Atom "some"; item.to_term x ]);
      of_term =
        (function
        | Atom "undefined" -> None
        | Tuple [ Atom "some"; x ] -> Some (inside "element 2" item.of_term x)
        | t -> unfit "undefined or {some, _}" t);
    }

  let result ok error =
    {
      to_term =
        (function
        | Ok x -> Tuple [ Atom "ok"; ok.to_term x ] | Error e -> Tuple [ Atom "error"; error.to_term e ]);
      of_term =
        (function
        | Tuple [ Atom "ok"; x ] -> Ok (inside "element 2" ok.of_term x)
        | Tuple [ Atom "error"; e ] -> Error (inside "element 2" error.of_term e)
        | t -> unfit "{ok, _} or {error, _}" t);
    }

  let pair a b =
    {
      to_term = (fun (x, y) -> Tuple [ a.to_term x; b.to_term y ]);
      of_term =
        (function
        | Tuple [ x; y ] ->
            let x = inside "element 1" a.of_term x in
            (x, inside "element 2" b.of_term y)
        | t -> unfit "tuple of 2 elements" t);
    }

  let triple a b c =
    {
      to_term = (fun (x, y, z) -> Tuple [ a.to_term x; b.to_term y; c.to_term z ]);
      of_term =
        (function
        | Tuple [ x; y; z ] ->
            let x = inside "element 1" a.of_term x in
            let y = inside "element 2" b.of_term y in
            (x, y, inside "element 3" c.of_term z)
        | t -> unfit "tuple of 3 elements" t);
    }

  let map key value =
    let binding i (k, v) =
      let k = inside (Printf.sprintf "key %d" (i + 1)) key.of_term k in
      (k, inside (Printf.sprintf "value %d" (i + 1)) value.of_term v)
    in
    {
      to_term = (fun bindings -> Map (List.map (fun (k, v) -> (key.to_term k, value.to_term v)) bindings));
      of_term = (function Map bindings -> List.mapi binding bindings | t -> unfit "map" t);
    }

  let conv into from item = { to_term = (fun x -> item.to_term (into x)); of_term = (fun t -> from (item.of_term t)) }
  let to_term item x = item.to_term x

  let of_term item t =
    try item.of_term t
    with Unfit (path, expected, found) ->
      let where = if path = [] then "" else String.concat ", " path ^ ": " in
      failwith (Printf.sprintf "%sexpected %s, got %s" where expected (to_string found))

  type _ signature = Returning : 'a t -> 'a signature | Taking : 'a t * 'f signature -> ('a -> 'f) signature

  let returning result = Returning result
  let ( @-> ) parameter rest = Taking (parameter, rest)
end

(* Failures *)

type failure = Error | Exit | Throw

exception Raised of failure * term * term

let error reason = raise (Raised (Error, reason, List []))
let exit reason = raise (Raised (Exit, reason, List []))
let throw value = raise (Raised (Throw, value, List []))

(* The node: src/bridge/processes.ts answers. A process is known there by the number of its thread. *)

external sleep : float -> unit = "caml_green_sleep"
external now : unit -> float = "caml_green_time"
external start : (unit -> unit) -> int = "caml_green_spawn"

let host = Node.request
let me = Node.me
let text = Node.text
let number = Node.number
let texts = Node.texts
let ask = Node.ask

(* Processes *)

let self () = text (host "self" [ me () ])
let caller () = match host "caller" [ me () ] with Text "" -> None | answer -> Some (text answer)

(* The process exists before its thread does, so that it can be linked and monitored from the start. *)
let spawn_with relate f =
  let id, pid = match host "new" [ me () ] with List [ Int id; Text pid ] -> (id, pid) | _ -> assert false in
  let related = relate pid in
  let run () =
    ignore (host "begin" [ me (); Host.Int id ]);
    f ()
  in
  match start run with
  | green -> (pid, green, related)
  | exception e ->
      ignore (host "abandon" [ Host.Int id ]);
      raise e

let spawn f =
  let pid, _, () = spawn_with ignore f in
  pid

type destination = Process of pid | Name of string | Remote_name of string * string | Alias of reference

let node () = text (host "node" [])
let nodes () = texts (host "nodes" [])

(* A pid or a reference, or a name and a node. *)
let place : destination -> Host.datum = function
  | Process id | Alias id -> Text id
  | Name name -> List [ Text name; Text (node ()) ]
  | Remote_name (name, node) -> List [ Text name; Text node ]

let send_to destination message = Node.deliver (place destination) (Term.encode message)

let send pid message = send_to (Process pid) message

(* The first message after another one, by their numbers; None when there is none until then. *)
let rec message after until =
  match host "peek" [ me (); Host.Int after ] with
  | List [ Int id; Text bytes ] -> Some (id, bytes)
  | _ -> (
      match until with
      | None ->
          Green.await ();
          message after until
      | Some time ->
          let left = time -. now () in
          if left <= 0. then None
          else begin
            sleep left;
            message after until
          end)

let rec receive_until until f after =
  match message after until with
  | None -> None
  | Some (id, bytes) -> (
      match f (Term.decode bytes) with
      | None -> receive_until until f id
      | found ->
          ignore (host "drop" [ me (); Host.Int id ]);
          found)

let none = -1

let receive f =
  match receive_until None f none with Some found -> found | None -> assert false

let receive_within seconds f = receive_until (Some (now () +. seconds)) f none
let receive_any () = receive Option.some

let register name pid =
  match ask "register" [ Text name; Text pid ] with
  | Atom "true" -> ()
  | _ -> invalid_arg "Erlang.register"

let unregister name = ask "unregister" [ Text name ] = Atom "true"
let whereis name = match ask "whereis" [ Text name ] with Pid pid -> Some pid | _ -> None

(* Links and monitors *)

let link pid = ignore (host "link" [ me (); Text pid ])
let unlink pid = ignore (host "unlink" [ me (); Text pid ])
let exit_process pid reason = ignore (host "exit" [ me (); Text pid; Text (Term.encode reason) ])
let trap_exit on = ignore (host "trap" [ me (); Int (Bool.to_int on) ])
let monitor destination = text (host "monitor" [ me (); place destination ])

let demonitor reference =
  ignore (host "demonitor" [ me (); Text reference ]);
  let mine = function Tuple (Atom "DOWN" :: Reference r :: _) when r = reference -> Some () | _ -> None in
  ignore (receive_within 0. mine)

let alias () = text (host "alias" [ me () ])
let unalias reference = ignore (host "unalias" [ me (); Text reference ])
let make_reference () = text (host "reference" [])

let spawn_link f =
  let pid, _, () = spawn_with link f in
  pid

let spawn_monitor f =
  let pid, _, reference = spawn_with (fun pid -> monitor (Process pid)) f in
  (pid, reference)

let monitor_node node on = ignore (host "monitor_node" [ me (); Text node; Int (Bool.to_int on) ])

(* Calls *)

let outcome = function
  | Tuple [ Atom "ok"; value ] -> value
  | Tuple [ Atom "error"; reason; stack ] -> raise (Raised (Error, reason, stack))
  | Tuple [ Atom "exit"; reason; stack ] -> raise (Raised (Exit, reason, stack))
  | Tuple [ Atom "throw"; value; stack ] -> raise (Raised (Throw, value, stack))
  | _ -> assert false

let apply ?(timeout = 5.) node m f arguments =
  let request = Tuple [ Atom m; Atom f; List arguments ] in
  outcome (ask "call" [ Text node; Text (Term.encode request); Int (Node.milliseconds timeout) ])

(* A function that gives the terms of its arguments, when it has them all, to [apply]. *)
let typed apply signature =
  let rec collect : type f. term list -> f Type.signature -> f =
   fun arguments signature ->
    match signature with
    | Returning result -> Type.of_term result (apply (List.rev arguments))
    | Taking (parameter, rest) -> fun x -> collect (Type.to_term parameter x :: arguments) rest
  in
  collect [] signature

let call ?timeout node m f signature = typed (apply ?timeout node m f) signature

let apply_fun ?(timeout = 5.) ?(node = "") func arguments =
  outcome (ask "apply" [ Text node; Text func; Text (Term.encode (List arguments)); Int (Node.milliseconds timeout) ])

let call_fun ?timeout ?node func signature = typed (apply_fun ?timeout ?node func) signature

let gen_call ?(timeout = 5.) destination request =
  outcome (ask "gen_call" [ place destination; Text (Term.encode request); Int (Node.milliseconds timeout) ])

let gen_cast destination request = send_to destination (Tuple [ Atom "$gen_cast"; request ])

(* Process groups *)

module Pg = struct
  let join group pid =
    match ask "pg_join" [ Text (Term.encode group); Text pid ] with
    | Atom "true" -> ()
    | _ -> invalid_arg "Erlang.Pg.join"

  let leave group pid = ask "pg_leave" [ Text (Term.encode group); Text pid ] = Atom "true"

  let members group =
    let pid_of = function Pid pid -> pid | _ -> assert false in
    match ask "pg_members" [ Text (Term.encode group) ] with List pids -> List.map pid_of pids | _ -> []
end

(* Global names *)

module Global = struct
  let ask_global ?(timeout = 5.) f arguments =
    outcome (ask "global" [ Text f; Text (Term.encode (List arguments)); Int (Node.milliseconds timeout) ])

  let register_name ?timeout name pid = ask_global ?timeout "register_name" [ name; Pid pid ] = Atom "yes"
  let unregister_name ?timeout name = ignore (ask_global ?timeout "unregister_name" [ name ])
  let whereis_name ?timeout name = match ask_global ?timeout "whereis_name" [ name ] with Pid pid -> Some pid | _ -> None

  let send ?timeout name message =
    match whereis_name ?timeout name with
    | Some pid ->
        send_to (Process pid) message;
        pid
    | None -> raise (Raised (Exit, Tuple [ Atom "badarg"; Tuple [ name; message ] ], List []))
end

(* Timers *)

type timer = int

let send_after seconds pid message =
  number (host "send_after" [ me (); Text pid; Text (Term.encode message); Int (Node.milliseconds seconds) ])

let cancel_timer timer = ask "cancel_timer" [ Int timer ] = Atom "true"

(* gen_server *)

module Gen_server = struct
  (* {Pid, Tag} *)
  type from = pid * term

  (* As gen:reply/2 does. *)
  let reply (pid, tag) answer =
    let to_alias =
      match tag with
      | Improper ([ Atom "alias" ], Reference alias) | Improper (Improper ([ Atom "alias" ], Reference alias) :: _, _) -> Some alias
      | List (Improper ([ Atom "alias" ], Reference alias) :: _) -> Some alias
      | _ -> None
    in
    let destination = match to_alias with Some alias -> Alias alias | None -> Process pid in
    send_to destination (Tuple [ tag; answer ])

  type 'state next = Continue of 'state | Timeout of 'state * float | Then of 'state * term | Stop of term * 'state

  type 'state answer =
    | Reply of term * 'state
    | No_reply of 'state
    | Reply_and_stop of term * term * 'state
    | Reply_next of term * 'state next
    | No_reply_next of 'state next

  module type Calls = sig
    type state

    val name : string
    val handle_call : term -> from -> state -> state answer
    val handle_cast : term -> state -> state next
    val handle_info : term -> state -> state next
    val terminate : term -> state -> unit
    val show : state -> term
  end

  module type S = sig
    include Calls

    val init : term -> (state, term) result
  end

  module type Full = sig
    include Calls

    val init : term -> (state next, term) result
    val handle_continue : term -> state -> state next
    val format_status : state -> term
    val restore : term -> state option
  end

  module type Started = sig
    val start : ?register:string -> term -> (pid, term) result
    val start_link : ?register:string -> term -> (pid, term) result
  end

  (* A server has said why it ends, and terminate has run. *)
  exception Stopped of term

  (* The reason that terminate hears of for what escapes from a callback, as gen_server makes it. *)
  let reason_of = function
    | Raised (Error, reason, stack) -> Tuple [ reason; stack ]
    | Raised (Exit, reason, _) -> reason
    | Raised (Throw, value, _) -> Tuple [ Atom "bad_return_value"; value ]
    | failure -> Tuple [ Tuple [ Atom "ocaml"; Atom (Printexc.exn_slot_name failure); List [] ]; List [] ]

  module Make_full (Server : Full) = struct
    type server = { parent : pid; state : Server.state; timeout : float option; suspended : bool }

    let chars text = Type.to_term Type.charlist text

    (* What sys:get_status shows of a gen_server. *)
    let status { parent; state; suspended; _ } =
      let mode = Atom (if suspended then "suspended" else "running") in
      let data items = Tuple [ Atom "data"; List items ] in
      let shown name value = Tuple [ chars name; value ] in
      let misc =
        [
          Tuple [ Atom "header"; chars ("Status for generic server " ^ Server.name) ];
          data [ shown "Status" mode; shown "Parent" (Pid parent); shown "Logged events" (List []) ];
          data [ shown "State" (Server.format_status state) ];
        ]
      in
      Tuple
        [
          Atom "status";
          Pid (self ());
          Tuple [ Atom "module"; Atom Server.name ];
          List [ List []; mode; Pid parent; List []; List misc ];
        ]

    let stop server reason =
      Server.terminate reason server.state;
      raise (Stopped reason)

    (* The function of sys:replace_state runs where it is at home, on the state as it is shown. What becomes of it, or why not. *)
    let replace state func from_node =
      match apply_fun ~node:from_node func [ Server.show state ] with
      | shown -> ( match Server.restore shown with Some state -> Ok (state, shown) | None -> Error (Atom "error", Atom "badarg"))
      | exception Raised (Error, reason, _) -> Error (Atom "error", reason)
      | exception Raised (Exit, reason, _) -> Error (Atom "exit", reason)
      | exception Raised (Throw, value, _) -> Error (Atom "throw", value)

    let system server ((pid, _) as from) request =
      let answer term = reply from term in
      match request with
      | Atom "get_state" ->
          answer (Server.show server.state);
          server
      | Tuple [ Atom "replace_state"; Fun func ] -> (
          match replace server.state func (node_of pid) with
          | Ok (state, shown) ->
              answer shown;
              { server with state }
          | Error (cls, reason) ->
              let callback = Tuple [ Atom Server.name; Atom "system_replace_state" ] in
              answer (Tuple [ Atom "error"; Tuple [ Atom "callback_failed"; callback; Tuple [ cls; reason ] ] ]);
              server)
      | Atom "get_status" ->
          answer (status server);
          server
      | Atom "suspend" ->
          answer (Atom "ok");
          { server with suspended = true }
      | Atom "resume" ->
          answer (Atom "ok");
          { server with suspended = false }
      | Tuple [ Atom "terminate"; reason ] ->
          answer (Atom "ok");
          stop server reason
      | _ ->
          answer (Tuple [ Atom "error"; Tuple [ Atom "not_supported"; request ] ]);
          server

    let rec continue server = function
      | Continue state -> { server with state; timeout = None }
      | Timeout (state, seconds) -> { server with state; timeout = Some seconds }
      | Then (state, term) -> (
          let server = { server with state; timeout = None } in
          continue server (guarded server (fun () -> Server.handle_continue term state)))
      | Stop (reason, state) -> stop { server with state } reason

    (* What escapes from a callback ends the server, after terminate, as in Erlang. *)
    and guarded : 'a. server -> (unit -> 'a) -> 'a =
     fun server callback ->
      try callback ()
      with failure ->
        let trace = Printexc.get_raw_backtrace () in
        Server.terminate (reason_of failure) server.state;
        Printexc.raise_with_backtrace failure trace

    let called server request from =
      let answer term = reply from term in
      match guarded server (fun () -> Server.handle_call request from server.state) with
      | Reply (term, state) ->
          answer term;
          continue server (Continue state)
      | No_reply state -> continue server (Continue state)
      | Reply_and_stop (term, reason, state) ->
          answer term;
          continue server (Stop (reason, state))
      | Reply_next (term, next) ->
          answer term;
          continue server next
      | No_reply_next next -> continue server next

    let handle server = function
      | Tuple [ Atom "system"; Tuple [ Pid pid; tag ]; request ] -> system server (pid, tag) request
      | Tuple [ Atom "$gen_call"; Tuple [ Pid pid; tag ]; request ] -> called server request (pid, tag)
      | Tuple [ Atom "$gen_cast"; request ] ->
          continue server (guarded server (fun () -> Server.handle_cast request server.state))
      | Tuple [ Atom "EXIT"; Pid pid; reason ] when pid = server.parent -> stop server reason
      | message -> continue server (guarded server (fun () -> Server.handle_info message server.state))

    (* While it is suspended a server takes system messages alone, and the end of its parent. *)
    let next server =
      let wanted = function
        | (Tuple (Atom "system" :: _)) as message -> Some message
        | (Tuple [ Atom "EXIT"; Pid pid; _ ]) as message when pid = server.parent -> Some message
        | message -> if server.suspended then None else Some message
      in
      match server.timeout with
      | Some seconds when not server.suspended -> receive_within seconds wanted
      | _ -> Some (receive wanted)

    let rec loop server = loop (handle server (Option.value (next server) ~default:(Atom "timeout")))

    let serve server next =
      match loop (continue server next) with exception Stopped reason -> exit reason | _ -> assert false

    let run parent argument started =
      match Server.init argument with
      | Ok ((Continue state | Timeout (state, _) | Then (state, _)) as next) ->
          started (Ok ());
          serve { parent; state; timeout = None; suspended = false } next
      | Ok (Stop (reason, _)) ->
          started (Error reason);
          exit reason
      | Error reason ->
          started (Error reason);
          exit reason
      | exception failure ->
          started (Error (Atom (Printexc.to_string failure)));
          raise failure

    let begin_server link_parent register_as argument =
      let parent = match caller () with Some pid -> pid | None -> self () in
      let waiting = Green.nobody () and outcome = ref None in
      let started result =
        outcome := Some result;
        Green.wake_all waiting
      in
      let body () =
        if link_parent then link parent;
        match Option.iter (fun name -> register name (self ())) register_as with
        | () -> run parent argument started
        | exception Invalid_argument _ ->
            let holder = Option.bind register_as whereis in
            let pid = match holder with Some pid -> Pid pid | None -> Atom "undefined" in
            started (Error (Tuple [ Atom "already_started"; pid ]));
            exit (Atom "normal")
      in
      let pid, green, () = spawn_with ignore body in
      let rec wait () =
        match !outcome with
        | Some (Ok ()) -> Ok pid
        | Some (Error reason) -> Error reason
        | None when not (Green.alive green) -> Error (Atom "killed")
        | None ->
            let place = Green.enter waiting in
            if !outcome = None then Green.block ();
            Green.leave place;
            wait ()
      in
      wait ()

    let start ?register argument = begin_server false register argument
    let start_link ?register argument = begin_server true register argument
  end

  module Make (Server : S) = Make_full (struct
    include Server

    let init argument = Result.map (fun state -> Continue state) (Server.init argument)
    let handle_continue _ _ = failwith "Erlang.Gen_server: a server of Make has no handle_continue"
    let format_status = Server.show
    let restore _ = None
  end)
end
