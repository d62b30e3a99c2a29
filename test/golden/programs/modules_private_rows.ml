(* Private types: constructors for reading only, private abbreviations, private rows of variants and objects. *)

(* Values that keep an invariant: anyone may match, only the module makes them. *)
module Natural : sig
  type t = private Zero | Succ of t
  val zero : t
  val succ : t -> t
  val of_int : int -> t option
end = struct
  type t = Zero | Succ of t
  let zero = Zero
  let succ n = Succ n
  let of_int n =
    let rec make n = if n = 0 then Zero else Succ (make (n - 1)) in
    if n < 0 then None else Some (make n)
end

let rec to_int = function Natural.Zero -> 0 | Succ n -> 1 + to_int n

(* A record that may be read, but not made or changed. *)
module Fraction : sig
  type t = private { num : int; den : int }
  val make : int -> int -> t
  val ( + ) : t -> t -> t
end = struct
  type t = { num : int; den : int }
  let rec gcd a b = if b = 0 then abs a else gcd b (a mod b)
  let make num den =
    let g = if den < 0 then -gcd num den else gcd num den in
    { num = num / g; den = den / g }
  let ( + ) a b = make Stdlib.((a.num * b.den) + (b.num * a.den)) (a.den * b.den)
end

(* A private abbreviation is a subtype of what it stands for. *)
module Email : sig
  type t = private string
  val parse : string -> (t, string) result
end = struct
  type t = string
  let parse s = if String.contains s '@' then Ok s else Error (s ^ " has no @")
end

let domain (e : Email.t) =
  let s = (e :> string) in
  let at = String.index s '@' in
  String.sub s (at + 1) (String.length s - at - 1)

(* A private row: some tags are known, others may be there. *)
module type COLOURED = sig
  type colour = private [> `Red | `Green ]
  val all : colour list
  val name : colour -> string
end

module Traffic : COLOURED = struct
  type colour = [ `Red | `Green | `Yellow ]
  let all = [ `Red; `Yellow; `Green ]
  let name = function `Red -> "stop" | `Green -> "go" | `Yellow -> "wait"
end

module Count (C : COLOURED) = struct
  let reds = List.length (List.filter (function `Red -> true | _ -> false) C.all)
  let names = String.concat "," (List.map C.name C.all)
end

module C = Count (Traffic)

(* At most these tags. *)
module Direction : sig
  type t = private [< `North | `South | `East | `West ]
  val main : t list
end = struct
  type t = [ `North | `South ]
  let main = [ `North; `South ]
end

let angle : [< `North | `South | `East | `West ] -> int = function `North -> 0 | `East -> 90 | `South -> 180 | `West -> 270

(* A private object type: more methods than are told. *)
module Shape : sig
  type t = private < area : float; .. >
  val unit_square : t
end = struct
  type t = < area : float; side : float >
  let unit_square = object method area = 1.0 method side = 1.0 end
end

let () =
  (match Natural.of_int 3 with Some n -> Printf.printf "%d\n" (to_int (Natural.succ n)) | None -> ());
  Printf.printf "%b %d\n" (Natural.of_int (-1) = None) (to_int Natural.zero);
  let { Fraction.num; den } = Fraction.(make 1 6 + make 2 (-4)) in
  Printf.printf "%d/%d\n" num den;
  List.iter
    (fun text -> match Email.parse text with Ok e -> print_endline (domain e) | Error e -> print_endline e)
    [ "a@example.org"; "nobody" ];
  Printf.printf "%d %s\n" C.reds C.names;
  List.iter (fun d -> Printf.printf "%d " (angle (d : Direction.t :> [ `North | `South | `East | `West ]))) Direction.main;
  print_newline ();
  Printf.printf "%g\n" Shape.unit_square#area

(* stdout {expected|
4
true 0
-1/3
example.org
nobody has no @
1 stop,wait,go
0 180 
1
|expected} *)
