(* A discrete event simulation: an elevator as a state machine, passengers, an event queue as a functor of Map. *)

module Event_queue (Time : Map.OrderedType) = struct
  module M = Map.Make (Time)

  type 'a t = 'a list M.t

  let empty = M.empty
  let add time x (q : 'a t) : 'a t = M.update time (fun l -> Some (x :: Option.value l ~default:[])) q

  let pop (q : 'a t) =
    match M.min_binding_opt q with
    | None -> None
    | Some (time, l) -> (
      match List.rev l with
      | [ x ] -> Some (time, x, M.remove time q)
      | x :: rest -> Some (time, x, M.add time (List.rev rest) q)
      | [] -> None)
end

module Q = Event_queue (Int)

type direction = Up | Down
type passenger = { name : string; from : int; target : int; arrives : int }
type state = Idle | Moving of direction | Doors_open
type event = Arrival of passenger | Step

type world = { now : int; floor : int; state : state; waiting : passenger list; riding : passenger list; log : string list; finished : (string * int) list }

let note w fmt = Printf.ksprintf (fun s -> { w with log = Printf.sprintf "%3d %s" w.now s :: w.log }) fmt
let stops w = List.map (fun p -> p.from) w.waiting @ List.map (fun p -> p.target) w.riding

let choose w =
  let wanted = stops w in
  let above = List.exists (fun f -> f > w.floor) wanted and below = List.exists (fun f -> f < w.floor) wanted in
  match w.state with
  | (Idle | Doors_open) when List.mem w.floor wanted -> Doors_open
  | Moving Up when above -> Moving Up
  | Moving Down when below -> Moving Down
  | _ -> if above then Moving Up else if below then Moving Down else Idle

let exchange w =
  let leaving, riding = List.partition (fun p -> p.target = w.floor) w.riding in
  let entering, waiting = List.partition (fun p -> p.from = w.floor) w.waiting in
  let w = List.fold_left (fun w p -> note w "%s leaves at %d" p.name w.floor) w leaving in
  let w = List.fold_left (fun w p -> note w "%s enters at %d" p.name w.floor) w entering in
  { w with riding = riding @ entering; waiting; finished = List.map (fun p -> (p.name, w.now - p.arrives)) leaving @ w.finished }

let step w =
  match w.state with
  | Moving _ when List.mem w.floor (stops w) -> { (exchange w) with state = Doors_open }
  | Doors_open | Idle -> let w = exchange w in { w with state = choose w }
  | Moving _ -> (
    match choose w with
    | Moving Up -> { w with floor = w.floor + 1; state = Moving Up }
    | Moving Down -> { w with floor = w.floor - 1; state = Moving Down }
    | state -> { w with state })

let rec run queue w =
  match Q.pop queue with
  | None -> w
  | Some (now, event, queue) -> (
    let w = { w with now } in
    match event with
    | Arrival p ->
      let w = note { w with waiting = w.waiting @ [ p ] } "%s waits at %d for %d" p.name p.from p.target in
      run queue w
    | Step ->
      let w = step w in
      let busy = w.waiting <> [] || w.riding <> [] || not (Q.M.is_empty queue) in
      run (if busy then Q.add (now + 1) Step queue else queue) w)

let () =
  let passengers =
    [ { name = "Ann"; from = 0; target = 3; arrives = 0 }; { name = "Bob"; from = 2; target = 0; arrives = 1 }; { name = "Cy"; from = 1; target = 4; arrives = 2 };
      { name = "Dee"; from = 4; target = 1; arrives = 15 } ]
  in
  let queue = List.fold_left (fun q p -> Q.add p.arrives (Arrival p) q) Q.empty passengers in
  let w = run (Q.add 0 Step queue) { now = 0; floor = 0; state = Idle; waiting = []; riding = []; log = []; finished = [] } in
  List.iter print_endline (List.rev w.log);
  List.iter (fun (name, t) -> Printf.printf "%s took %d\n" name t) (List.sort compare w.finished)

(* stdout {expected|
  0 Ann waits at 0 for 3
  0 Ann enters at 0
  1 Bob waits at 2 for 0
  2 Cy waits at 1 for 4
  2 Cy enters at 1
  5 Bob enters at 2
  8 Ann leaves at 3
 11 Cy leaves at 4
 15 Dee waits at 4 for 1
 17 Bob leaves at 0
 23 Dee enters at 4
 28 Dee leaves at 1
Ann took 8
Bob took 16
Cy took 9
Dee took 13
|expected} *)
