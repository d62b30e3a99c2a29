(* Errors as polymorphic variants: each function has its own, and together they have the union. *)

let ( let* ) = Result.bind
let ( let+ ) r f = Result.map f r

let parse text =
  match int_of_string_opt (String.trim text) with
  | Some n -> Ok n
  | None -> Error (`Not_a_number text)

let positive n = if n > 0 then Ok n else Error (`Not_positive n)
let below limit n = if n < limit then Ok n else Error (`Too_large (n, limit))

let divide a b = if b = 0 then Error `Division_by_zero else Ok (a / b)

(* The type of errors is inferred: all four kinds. *)
let ratio a b =
  let* a = parse a in
  let* b = parse b in
  let* a = positive a in
  let* a = below 1000 a in
  divide a b

(* Handling one kind removes it from the type. *)
let or_zero r = match r with Error `Division_by_zero -> Ok 0 | (Ok _ | Error (`Not_a_number _ | `Not_positive _ | `Too_large _)) as r -> r

let message = function
  | `Not_a_number text -> Printf.sprintf "%S is not a number" text
  | `Not_positive n -> Printf.sprintf "%d is not positive" n
  | `Too_large (n, limit) -> Printf.sprintf "%d is not below %d" n limit

let full_message = function
  | `Division_by_zero -> "division by zero"
  | (`Not_a_number _ | `Not_positive _ | `Too_large _) as e -> message e

(* Named sets of errors, and coercion into a larger one. *)
type read_error = [ `Missing of string | `Denied ]
type write_error = [ `Denied | `Full of int ]
type copy_error = [ read_error | write_error | `Same ]

let files = Hashtbl.create 4

let read name : (string, [> read_error ]) result =
  match Hashtbl.find_opt files name with
  | None -> Error (`Missing name)
  | Some _ when name.[0] = '.' -> Error `Denied
  | Some text -> Ok text

let write name text : (unit, [> write_error ]) result =
  if String.length text > 8 then Error (`Full (String.length text))
  else if String.length name = 0 then Error `Denied
  else Ok (Hashtbl.replace files name text)

let copy source target : (unit, copy_error) result =
  if source = target then Error `Same
  else
    let* text = read source in
    write target text

let show_copy : copy_error -> string = function
  | #read_error as e -> ( match e with `Missing n -> "missing " ^ n | `Denied -> "denied")
  | `Full n -> Printf.sprintf "full at %d" n
  | `Same -> "same"

let rec all = function
  | [] -> Ok []
  | r :: rest ->
    let* x = r in
    let+ l = all rest in
    x :: l

let () =
  List.iter
    (fun (a, b) ->
      match ratio a b with
      | Ok n -> Printf.printf "%d\n" n
      | Error e -> print_endline (full_message e))
    [ ("12", "4"); ("x", "1"); ("1", "y"); ("-5", "1"); ("1000", "1"); ("7", "0") ];
  (match or_zero (ratio "7" "0") with Ok n -> Printf.printf "%d\n" n | Error e -> print_endline (message e));
  List.iter (fun (n, t) -> Hashtbl.replace files n t) [ ("a", "short"); ("b", "a long text"); (".c", "hidden") ];
  List.iter
    (fun (s, t) -> match copy s t with Ok () -> Printf.printf "%s -> %s\n" s t | Error e -> print_endline (show_copy e))
    [ ("a", "z"); ("z", "z"); ("b", "y"); (".c", "x"); ("none", "x"); ("a", "") ];
  match all (List.map parse [ "1"; " 2 "; "3" ]) with
  | Ok l -> Printf.printf "%d\n" (List.fold_left ( + ) 0 l)
  | Error e -> print_endline (message e)

(* stdout {expected|
3
"x" is not a number
"y" is not a number
-5 is not positive
1000 is not below 1000
division by zero
0
a -> z
same
full at 11
denied
missing none
denied
6
|expected} *)
