(* A bank with three tellers, simulated by events in a priority queue. *)
type event = Arrival of int | Departure of { teller : int; customer : int }

module Events = Map.Make (struct type t = int * int let compare = compare end)

let seed = ref 2024
let random n = seed := ((!seed * 1103515245) + 12345) land 0x3FFFFFFF; (!seed lsr 10) mod n

let simulate customers =
  let agenda = ref Events.empty and serial = ref 0 in
  let schedule time e = incr serial; agenda := Events.add (time, !serial) e !agenda in
  let line = Queue.create () and free = ref [ 0; 1; 2 ] in
  let arrived = Hashtbl.create 16 and waits = ref [] and longest = ref 0 in
  let serve now customer =
    match !free with
    | [] -> Queue.add customer line; longest := max !longest (Queue.length line)
    | teller :: rest ->
        free := rest;
        waits := (now - Hashtbl.find arrived customer) :: !waits;
        schedule (now + 5 + random 20) (Departure { teller; customer })
  in
  schedule 0 (Arrival 1);
  let rec run last =
    match Events.min_binding_opt !agenda with
    | None -> last
    | Some (((now, _) as key), e) ->
        agenda := Events.remove key !agenda;
        (match e with
        | Arrival c ->
            Hashtbl.add arrived c now;
            if c < customers then schedule (now + random 9) (Arrival (c + 1));
            serve now c
        | Departure { teller; customer } ->
            if customer mod 50 = 0 then Printf.printf "%4d: customer %d leaves teller %d\n" now customer teller;
            free := teller :: !free;
            if not (Queue.is_empty line) then serve now (Queue.take line));
        run now
  in
  let finish = run 0 in
  let total = List.fold_left ( + ) 0 !waits in
  Printf.printf "end %d, served %d, mean wait %.2f, longest line %d\n" finish (List.length !waits) (float total /. float customers) !longest

let () = simulate 300

(* stdout {expected|
 234: customer 50 leaves teller 2
 507: customer 100 leaves teller 0
 750: customer 150 leaves teller 2
 988: customer 200 leaves teller 2
1234: customer 250 leaves teller 0
1458: customer 300 leaves teller 0
end 1458, served 300, mean wait 103.99, longest line 48
|expected} *)
