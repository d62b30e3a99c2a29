(* A lock belongs to a thread. Testing and taking it is atomic (see CamlinternalThread). Whoever unlocks wakes one thread, which tries
   again: another one may have come first. A lock whose owner is dead is free. *)

open CamlinternalThread

type t = { mutable owner : int; waiting : waiting }

let free = -1
let create () = { owner = free; waiting = nobody () }
let is_free m me = m.owner = free || (m.owner <> me && not (alive m.owner))

let rec lock m =
  let me = self () in
  if is_free m me then m.owner <- me
  else if m.owner = me then raise (Sys_error "Mutex.lock: Resource deadlock avoided")
  else begin
    let place = enter m.waiting in
    if is_free m me then begin
      m.owner <- me;
      leave place
    end
    else begin
      block ();
      leave place;
      lock m
    end
  end

let try_lock m =
  let me = self () in
  is_free m me
  && begin
       m.owner <- me;
       true
     end

let unlock m =
  if m.owner <> self () then raise (Sys_error "Mutex.unlock: Operation not permitted");
  m.owner <- free;
  wake_one m.waiting

let protect m f =
  lock m;
  match f () with
  | result ->
      unlock m;
      result
  | exception e ->
      let backtrace = Printexc.get_raw_backtrace () in
      unlock m;
      Printexc.raise_with_backtrace e backtrace
