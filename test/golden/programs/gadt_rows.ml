(* Objects and polymorphic variants under the equations of a match. *)
type _ shape =
  | Circle : < radius : float > shape
  | Box : < width : float; height : float > shape

let area : type a. a shape -> a -> float = fun shape o ->
  match shape with
  | Circle -> 3. *. o#radius *. o#radius
  | Box -> o#width *. o#height

type _ answer =
  | Yes_no : [ `Yes | `No ] answer
  | Number : [ `Int of int | `Float of float ] answer

let show : type a. a answer -> a -> string = fun answer v ->
  match answer, v with
  | Yes_no, `Yes -> "yes"
  | Yes_no, `No -> "no"
  | Number, `Int n -> string_of_int n
  | Number, `Float x -> Printf.sprintf "%g" x

let parse : type a. a answer -> string -> a option = fun answer s ->
  match answer with
  | Yes_no -> ( match s with "y" -> Some `Yes | "n" -> Some `No | _ -> None)
  | Number -> (
      match int_of_string_opt s with
      | Some n -> Some (`Int n)
      | None -> Option.map (fun x -> `Float x) (float_of_string_opt s))

(* Tags as indices of the type. *)
type _ door = Door : [< `Open | `Closed ] -> [ `Any ] door | Opened : [ `Open ] door | Shut : [ `Closed ] door

let close : [ `Open ] door -> [ `Closed ] door = function Opened -> Shut
let describe : type a. a door -> string = function
  | Door `Open -> "a door, open"
  | Door `Closed -> "a door, closed"
  | Opened -> "open"
  | Shut -> "closed"

class counter start = object
  val mutable n = start
  method next = n <- n + 1; n
end

type _ source = Counter : counter source | Fixed : < next : int; reset : unit > source

let three : type a. a source -> a -> int list = fun source o ->
  match source with
  | Counter -> let a = o#next in let b = o#next in [ a; b; o#next ]
  | Fixed -> o#reset; let a = o#next in [ a; a; a ]

let () =
  Printf.printf "%g %g\n" (area Circle (object method radius = 2. end))
    (area Box (object method width = 2. method height = 3.5 end));
  print_endline (show Yes_no `No ^ " " ^ show Number (`Int 3) ^ " " ^ show Number (`Float 0.5));
  let test answer s = print_endline (match parse answer s with Some v -> show answer v | None -> "none") in
  List.iter (test Yes_no) [ "y"; "n"; "z" ];
  List.iter (test Number) [ "12"; "1.25"; "z" ];
  print_endline (describe (close Opened) ^ ", " ^ describe Opened ^ ", " ^ describe (Door `Open) ^ ", " ^ describe (Door `Closed));
  let print l = print_endline (String.concat " " (List.map string_of_int l)) in
  print (three Counter (new counter 5));
  print (three Fixed (object val mutable n = 9 method next = n method reset = n <- 0 end))

(* stdout {expected|
12 7
no 3 0.5
yes
no
none
12
1.25
none
closed, open, a door, open, a door, closed
6 7 8
0 0 0
|expected} *)
