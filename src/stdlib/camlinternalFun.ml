module Border = CamlinternalBorder
module Host = CamlinternalHost
module Join = CamlinternalJoin
module Node = CamlinternalNode

type source = { func : string; node : string; signature : int; mutable waiting : Obj.t list; mutable active : bool }
type applied = { source : source; missing : int; given : Obj.t list }

(* How arguments and results of a signature are converted before they cross; [()] if they are not. *)
external plan_of : int -> Obj.t = "caml_border_plan"

(* The list of arguments, encoded (no array: one of floats would be flat); handles in it are the process's with this pid. Or what has no term, and where. *)
external encode : int -> Obj.t list -> string -> (string, string) result = "caml_border_arguments"

(* The value of the result in [{ok, Result}], encoded, which has come from this node. Or what does not fit, and where. *)
external decode : int -> string -> string -> (Obj.t, string) result = "caml_border_result"

let plan signature : Border.plan option =
  let plan = plan_of signature in
  if Obj.is_int plan then None else Some (Obj.obj plan)

(* The start of an encoded [{ok, _}]. *)
let ok = "\104\002\119\002ok"

let fail answer =
  match Erlang.binary_to_term ("\131" ^ answer) with
  | Tuple [ Atom "exit"; reason; stack ] -> raise (Erlang.Raised (Exit, reason, stack))
  | Tuple [ Atom "throw"; value; stack ] -> raise (Erlang.Raised (Throw, value, stack))
  | Tuple [ _; reason; stack ] -> raise (Erlang.Raised (Error, reason, stack))
  | _ -> assert false

(* What ends a fun early ends the call that has applied it, so that waits for it without a limit of its own. *)
let call { func; node; signature; _ } given =
  let plan = plan signature in
  let given = match plan with None -> given | Some plan -> Border.outward plan given in
  let self = Node.text (Node.request "self" [ Node.me () ]) in
  match encode signature given self with
  | Error problem -> invalid_arg problem
  | Ok arguments -> (
      let answer = Node.ask_bytes "apply" [ Text node; Text func; Text arguments; Int Node.longest ] in
      if not (String.starts_with ~prefix:ok answer) then fail answer
      else
        match decode signature answer node with
        | Error problem -> failwith problem
        | Ok result -> ( match plan with None -> result | Some plan -> Border.inward plan result))

(* A process in the place of a channel. A message to a channel can neither fail nor wait, so it is sent by a task; one sends those to the
   same process, in their order. *)

external poll : unit -> unit = "%poll"

let is_pid { func; _ } = func.[0] = '\088'

(* What Erlang code has to release in the message is the process's. Between the brackets of the list of arguments is the message. *)
let send { func = pid; signature; _ } message =
  let message = match plan signature with None -> [ message ] | Some plan -> Border.outward plan [ message ] in
  match encode signature message pid with
  | Error problem -> invalid_arg problem
  | Ok list -> Node.deliver (Text pid) (String.sub list 5 (String.length list - 6))

let rec drain source =
  poll ();
  match source.waiting with
  | [] -> source.active <- false
  | messages ->
      source.waiting <- [];
      List.iter (fun message -> try send source message with e -> Join.schedule (fun () -> raise e)) (List.rev messages);
      drain source

(* No poll between the test and the task. *)
let pass source message =
  poll ();
  source.waiting <- message :: source.waiting;
  if not source.active then begin
    source.active <- true;
    Join.schedule (fun () -> drain source)
  end

(* The closure must have one variable and no other: the host knows where that is. *)
let rec closure applied = Obj.repr (Sys.opaque_identity (fun argument -> take applied argument))

and take { source; missing; given } argument =
  let given = argument :: given in
  if is_pid source then begin
    pass source argument;
    Obj.repr ()
  end
  else if missing = 1 then call source (List.rev given) else closure { source; missing = missing - 1; given }

let pattern = closure { source = { func = "-"; node = ""; signature = 0; waiting = []; active = false }; missing = 1; given = [] }
