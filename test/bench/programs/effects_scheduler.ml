(* OCaml 5. A scheduler with 100,000 fibers, each of which yields ten times, sleeps in a mailbox and wakes its neighbour. *)
open Effect
open Effect.Deep

type _ Effect.t += Yield : unit Effect.t | Fork : (unit -> unit) -> unit Effect.t | Wait : int -> int Effect.t | Send : int * int -> unit Effect.t

let fibers = 100_000
let waiting : (int, unit) continuation option array = Array.make fibers None
let queue : (unit -> unit) Queue.t = Queue.create ()

let next () = match Queue.take_opt queue with Some run -> run () | None -> ()

let rec run f =
  match_with f ()
    {
      retc = next;
      exnc = raise;
      effc =
        (fun (type a) (e : a Effect.t) ->
          match e with
          | Yield ->
              Some
                (fun (k : (a, unit) continuation) ->
                  Queue.add (fun () -> continue k ()) queue;
                  next ())
          | Fork f ->
              Some
                (fun (k : (a, unit) continuation) ->
                  Queue.add (fun () -> continue k ()) queue;
                  run f)
          | Wait i ->
              Some
                (fun (k : (a, unit) continuation) ->
                  waiting.(i) <- Some k;
                  next ())
          | Send (i, v) ->
              Some
                (fun (k : (a, unit) continuation) ->
                  (match waiting.(i) with
                  | Some w ->
                      waiting.(i) <- None;
                      Queue.add (fun () -> continue w v) queue
                  | None -> failwith "nobody waits");
                  continue k ())
          | _ -> None);
    }

let total = ref 0

let fiber i () =
  for _ = 1 to 10 do
    perform Yield
  done;
  if i > 0 then begin
    let v = perform (Wait i) in
    total := (!total + v) land 0xFFFFFF;
    if i + 1 < fibers then perform (Send (i + 1, v + i))
  end

let () =
  run (fun () ->
      for i = 0 to fibers - 1 do
        perform (Fork (fiber i))
      done;
      for _ = 1 to 12 do
        perform Yield
      done;
      perform (Send (1, 1)));
  Printf.printf "%d\n" !total
