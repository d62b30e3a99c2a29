(* Fields of the same name in several types: the last definition, annotations and what is known decide. *)
[@@@warning "-41-40-42"]

type user = { name : string; id : int }
type group = { name : string; members : user list }
type host = { name : string; id : int64; up : bool }

(* The last type with all these fields. *)
let h = { name = "h"; id = 1L; up = true }
let g = { name = "g"; members = [] }
let u : user = { name = "u"; id = 7 }

(* An annotation on the argument, on the result, or on the record itself. *)
let user_name (u : user) = u.name
let group_name ({ name; _ } : group) = name
let make name id : user = { name; id }
let names (l : user list) = List.map (fun (u : user) -> u.name) l

(* What is known from the left of the expression. *)
let sizes groups = List.map (fun (g : group) -> (g.name, List.length g.members)) groups
let first_id = function ({ members = { id; _ } :: _; _ } : group) -> Some id | _ -> None

module Net = struct
  type host = { name : string; address : int array }
  type event = Up of host | Down of { host : host; reason : string }
  let local = { name = "localhost"; address = [| 127; 0; 0; 1 |] }
end

(* One qualified field qualifies the record. *)
let address { Net.name; address } =
  name ^ " " ^ String.concat "." (Array.to_list (Array.map string_of_int address))

let other = { Net.local with name = "other" }

(* The expected type lets fields and constructors stand without their module. *)
let describe (e : Net.event) =
  match e with
  | Up { name; _ } -> name ^ " is up"
  | Down { host = { name; address }; reason } -> Printf.sprintf "%s/%d is down: %s" name address.(0) reason

let events : Net.event list = [ Up { name = "a"; address = [| 10 |] }; Down { host = Net.local; reason = "cable" } ]

(* Constructors of the same name. *)
type light = Red | Amber | Green
type fruit = Apple | Orange | Red
type mood = Red of int | Blue

let lights : light list = [ Red; Amber; Green ]
let angry = Red 3
let weight = function Apple -> 1 | Orange -> 2 | (Red : fruit) -> 3
let show_light : light -> string = function Red -> "red" | Amber -> "amber" | Green -> "green"
let choose b : fruit = if b then Red else Apple

let mutable_pair =
  let module M = struct
    type a = { mutable v : int }
    type b = { mutable v : string }
  end in
  let a : M.a = { v = 1 } and b = { M.v = "one" } in
  a.v <- a.v + 1;
  b.v <- b.v ^ "!";
  (a.v, b.v)

let () =
  Printf.printf "%s %Ld %b\n" h.name h.id h.up;
  Printf.printf "%s %s %d\n" (user_name u) (group_name g) u.id;
  print_endline (String.concat "," (names [ make "x" 1; make "y" 2 ]));
  let team = { g with members = [ u; make "z" 9 ] } in
  List.iter (fun (n, size) -> Printf.printf "%s:%d " n size) (sizes [ g; team ]);
  Printf.printf "%d %b\n" (Option.get (first_id team)) (first_id g = None);
  print_endline (address other);
  List.iter (fun e -> print_endline (describe e)) events;
  print_endline (String.concat " " (List.map show_light lights));
  Printf.printf "%d %d\n" (weight (choose true)) (weight (choose false));
  (match angry with Red n -> Printf.printf "anger %d\n" n | Blue -> ());
  Printf.printf "%d %s\n" (fst mutable_pair) (snd mutable_pair)

(* stdout {expected|
h 1 true
u g 7
x,y
g:0 g:2 7 true
other 127.0.0.1
a is up
localhost/127 is down: cable
red amber green
3 1
anger 3
2 one!
|expected} *)
