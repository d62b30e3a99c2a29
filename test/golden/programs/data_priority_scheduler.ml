(* A scheduler of processes written as data: priorities, sleeping, messages, a clock, and a report. *)

type pid = int

type action =
  | Compute of int
  | Sleep of int
  | Send of { to_ : pid; message : string }
  | Receive of (string -> action list)
  | Spawn of { name : string; priority : int; actions : action list }
  | Exit of string

type status = Ready | Sleeping of int | Waiting of (string -> action list) | Finished of string
type process = { pid : pid; name : string; priority : int; actions : action list; status : status; inbox : string list; used : int }

module Table = Map.Make (Int)

type system = { clock : int; next : pid; processes : process Table.t; log : string list }

let note s fmt = Printf.ksprintf (fun text -> { s with log = Printf.sprintf "%3d %s" s.clock text :: s.log }) fmt
let update s p = { s with processes = Table.add p.pid p s.processes }
let finish s p reason = note (update s { p with status = Finished reason; actions = [] }) "%s finished: %s" p.name reason

let spawn s ~name ~priority actions =
  let p = { pid = s.next; name; priority; actions; status = Ready; inbox = []; used = 0 } in
  note (update { s with next = s.next + 1 } p) "%s started as %d" name p.pid

let deliver s to_ message =
  match Table.find_opt to_ s.processes with
  | None | Some { status = Finished _; _ } -> note s "message %S to %d is lost" message to_
  | Some ({ status = Waiting k; _ } as p) -> note (update s { p with status = Ready; actions = k message @ p.actions }) "%s wakes for %S" p.name message
  | Some p -> update s { p with inbox = p.inbox @ [ message ] }

let quantum = 3

(* Runs one action, or a quantum of one. *)
let run s p =
  match p.actions with
  | [] -> finish s p "done"
  | Exit reason :: _ -> finish s p reason
  | Compute n :: rest ->
    let k = min n quantum in
    let actions = if n > k then Compute (n - k) :: rest else rest in
    let s = note s "%s computes %d" p.name k in
    { (update s { p with actions; used = p.used + k }) with clock = s.clock + k }
  | Sleep n :: rest -> update s { p with actions = rest; status = Sleeping (s.clock + n) }
  | Send { to_; message } :: rest -> deliver (update s { p with actions = rest }) to_ message
  | Receive k :: rest -> (
    match p.inbox with
    | m :: inbox -> update s { p with actions = k m @ rest; inbox }
    | [] -> update s { p with actions = rest; status = Waiting k })
  | Spawn { name; priority; actions } :: rest -> spawn (update s { p with actions = rest }) ~name ~priority actions

let wake s = { s with processes = Table.map (fun p -> match p.status with Sleeping t when t <= s.clock -> { p with status = Ready } | _ -> p) s.processes }

(* The highest priority first; among equals the one that has used least. *)
let choose s =
  Table.fold
    (fun _ p best ->
      match (p.status, best) with
      | Ready, Some b when (b.priority, -b.used, -b.pid) >= (p.priority, -p.used, -p.pid) -> best
      | Ready, _ -> Some p
      | _ -> best)
    s.processes None

let rec simulate s =
  let s = wake s in
  match choose s with
  | Some p -> simulate (run s p)
  | None -> (
    let times = Table.fold (fun _ p l -> match p.status with Sleeping t -> t :: l | _ -> l) s.processes [] in
    match List.sort compare times with t :: _ -> simulate { s with clock = t } | [] -> s)

let () =
  let rec server n = if n = 0 then [ Exit "served all" ] else [ Receive (fun m -> [ Compute (String.length m) ] @ server (n - 1)) ] in
  let client name pause = [ Sleep pause; Send { to_ = 1; message = name }; Compute 2; Send { to_ = 99; message = "?" } ] in
  let init =
    [ Spawn { name = "server"; priority = 5; actions = server 3 }; Spawn { name = "a"; priority = 1; actions = client "hello" 4 };
      Spawn { name = "b"; priority = 1; actions = client "hi" 1 }; Compute 7; Send { to_ = 1; message = "bye" }; Receive (fun _ -> []) ]
  in
  let empty = { clock = 0; next = 0; processes = Table.empty; log = [] } in
  let s = simulate (spawn empty ~name:"init" ~priority:3 init) in
  List.iter print_endline (List.rev s.log);
  Table.iter
    (fun _ p ->
      let status = match p.status with Finished r -> r | Waiting _ -> "waiting for ever" | Ready -> "ready" | Sleeping _ -> "sleeping" in
      Printf.printf "%s used %d: %s\n" p.name p.used status)
    s.processes

(* stdout {expected|
  0 init started as 0
  0 server started as 1
  0 a started as 2
  0 b started as 3
  0 init computes 3
  3 init computes 3
  6 init computes 1
  7 server wakes for "bye"
  7 server computes 3
 11 server wakes for "hi"
 11 server computes 2
 13 b computes 2
 15 server wakes for "hello"
 15 server computes 3
 18 server computes 2
 20 server finished: served all
 20 a computes 2
 22 message "?" to 99 is lost
 22 a finished: done
 22 message "?" to 99 is lost
 22 b finished: done
init used 7: waiting for ever
server used 10: served all
a used 2: done
b used 2: done
|expected} *)
