open CamlinternalThread

type semaphore = { mutable value : int; waiting : waiting }

let try_acquire s =
  s.value > 0
  && begin
       s.value <- s.value - 1;
       true
     end

(* Testing and changing the value is atomic (see CamlinternalThread). *)
let rec acquire s =
  if s.value > 0 then s.value <- s.value - 1
  else begin
    let place = enter s.waiting in
    if s.value > 0 then begin
      s.value <- s.value - 1;
      leave place
    end
    else begin
      block ();
      leave place;
      acquire s
    end
  end

module Counting = struct
  type t = semaphore

  let make value =
    if value < 0 then invalid_arg "Semaphore.Counting.init: wrong initial value";
    { value; waiting = nobody () }

  let release s =
    if s.value = max_int then raise (Sys_error "Semaphore.Counting.release: overflow");
    s.value <- s.value + 1;
    wake_one s.waiting

  let acquire = acquire
  let try_acquire = try_acquire
  let get_value s = s.value
end

module Binary = struct
  type t = semaphore

  let make available = { value = Bool.to_int available; waiting = nobody () }

  let release s =
    s.value <- 1;
    wake_one s.waiting

  let acquire = acquire
  let try_acquire = try_acquire
end
