(* Synchronous channels of Event: choices, wrapping, a server, a prime sieve of threads. *)
(* libraries unix threads *)
open Event

let spawn f x = ignore (Thread.create f x)

(* A cell that is a thread. *)
let cell init =
  let get = new_channel () and set = new_channel () in
  let rec serve v = select [ wrap (send get v) (fun () -> serve v); wrap (receive set) serve ] in
  spawn serve init;
  ((fun () -> sync (receive get)), fun v -> sync (send set v))

(* The sieve: a chain of filters, one for each prime. *)
let numbers first =
  let c = new_channel () in
  let rec go n = sync (send c n); go (n + 1) in
  spawn go first;
  c

let filter p input =
  let output = new_channel () in
  let rec go () =
    let n = sync (receive input) in
    if n mod p <> 0 then sync (send output n);
    go ()
  in
  spawn go ();
  output

let rec primes k c =
  if k = 0 then []
  else
    let p = sync (receive c) in
    p :: primes (k - 1) (filter p c)

(* Request and answer: the answer's channel is in the request. *)
type request = Add of int * int * int channel | Stop of unit channel

let server () =
  let c = new_channel () in
  let rec serve () =
    match sync (receive c) with
    | Add (a, b, answer) -> sync (send answer (a + b)); serve ()
    | Stop finished -> sync (send finished ())
  in
  spawn serve ();
  c

let call c a b =
  let answer = new_channel () in
  sync (send c (Add (a, b, answer)));
  sync (receive answer)

let () =
  let get, set = cell 1 in
  Printf.printf "%d " (get ());
  set 2;
  Printf.printf "%d\n" (get ());
  print_endline (String.concat " " (List.map string_of_int (primes 12 (numbers 2))));
  let c = server () in
  Printf.printf "%d %d\n" (call c 1 2) (call c 30 40);
  let finished = new_channel () in
  sync (send c (Stop finished));
  sync (receive finished);
  Printf.printf "%s\n" (sync (always "always"));
  Printf.printf "%s\n" (sync (choose [ wrap (receive (new_channel ())) (fun () -> "never"); always "chosen" ]));
  Printf.printf "%b\n" (poll (receive (new_channel () : int channel)) = None);
  Printf.printf "%d\n" (sync (guard (fun () -> print_string "guard "; wrap (always 20) (fun n -> n + 1))));
  let log = ref [] in
  let note s = log := s :: !log in
  let e = choose [ wrap_abort (receive (new_channel () : unit channel)) (fun () -> note "aborted"); wrap (always ()) (fun () -> note "taken") ] in
  sync e;
  print_endline (String.concat " " (List.sort compare !log))

(* stdout {expected|
1 2
2 3 5 7 11 13 17 19 23 29 31 37
3 70
always
chosen
true
guard 21
aborted taken
|expected} *)
