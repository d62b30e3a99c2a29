(* A domain is a green thread with a [CamlinternalThread.domain]; threads that it makes share that. *)

module Green = CamlinternalThread

type id = int
type 'a t = { thread : Green.t; mutable result : ('a, exn * Printexc.raw_backtrace) result option }

let current () = (Green.current ()).domain
let get_id { thread; _ } = thread.domain.domain_id
let self () = (current ()).domain_id
let is_main_domain () = self () = 0

(* One domain runs at a time, so that the number of those that run has no better meaning than this. *)
let self_index = self
let recommended_domain_count () = 1
let cpu_relax () = Green.yield ()

module DLS = struct
  type 'a key = { index : int; initial : unit -> 'a; split : ('a -> 'a) option }

  (* What a domain has not set yet. *)
  let unset = Obj.repr (ref ())
  let last_index = ref (-1)

  (* Keys whose values a new domain gets from its parent, the youngest first. *)
  let inherited : Obj.t key list ref = ref []

  let new_key ?split_from_parent initial =
    incr last_index;
    let key = { index = !last_index; initial; split = split_from_parent } in
    if Option.is_some split_from_parent then inherited := (Obj.magic key : Obj.t key) :: !inherited;
    key

  let stored (domain : Green.domain) index =
    if index < Array.length domain.storage then domain.storage.(index) else unset

  let store (domain : Green.domain) index v =
    let size = Array.length domain.storage in
    if index >= size then
      domain.storage <- Array.append domain.storage (Array.make (max 8 (index + 1 - size)) unset);
    domain.storage.(index) <- v

  let set key v = store (current ()) key.index (Obj.repr v)

  let get key =
    let domain = current () in
    let v = stored domain key.index in
    if v != unset then Obj.obj v
    else begin
      let v = key.initial () in
      (* Another call may have set it meanwhile: the first value is the one. *)
      let first = stored domain key.index in
      if first != unset then Obj.obj first
      else begin
        store domain key.index (Obj.repr v);
        v
      end
    end

  let inherit_from_current child =
    let give key =
      match key.split with None -> () | Some split -> store child key.index (split (get key))
    in
    List.iter give (List.rev !inherited)
end

let has_spawned = ref false
let before_first : (unit -> unit) list ref = ref []

let before_first_spawn f =
  if !has_spawned then invalid_arg "first domain already spawned";
  before_first := f :: !before_first

let run_before_first () =
  if not !has_spawned then begin
    has_spawned := true;
    let functions = List.rev !before_first in
    before_first := [];
    List.iter (fun f -> f ()) functions
  end

let rec run_exits (domain : Green.domain) =
  match domain.exits with
  | [] -> ()
  | f :: rest ->
      domain.exits <- rest;
      f ();
      run_exits domain

let at_exit f =
  let domain = current () in
  if domain == Green.main_domain then Stdlib.at_exit f else domain.exits <- f :: domain.exits

let caught f =
  match f () with v -> Ok v | exception e -> Error (e, Printexc.get_raw_backtrace ())

let spawn f =
  run_before_first ();
  let domain = Green.new_domain () in
  DLS.inherit_from_current domain;
  let place = ref None in
  let run () =
    let result = caught f in
    let after = caught (fun () -> run_exits domain) in
    let result = match result, after with Ok _, Error e -> Error e | _ -> result in
    Option.iter (fun handle -> handle.result <- Some result) !place
  in
  let handle = { thread = Green.create domain run; result = None } in
  place := Some handle;
  handle

let join handle =
  Green.join handle.thread;
  match handle.result with
  | Some (Ok v) -> v
  | Some (Error (e, backtrace)) -> Printexc.raise_with_backtrace e backtrace
  | None -> raise Out_of_memory
