(* Binding operators of several kinds: validation that collects errors, parsers, schedules, and how they nest. *)

(* let+ and and+ : all errors are collected. *)
module Validation = struct
  type 'a t = ('a, string list) result
  let ( let+ ) v f : _ t = Result.map f v
  let ( and+ ) a b : _ t =
    match (a, b) with
    | Ok x, Ok y -> Ok (x, y)
    | Error e, Ok _ | Ok _, Error e -> Error e
    | Error e, Error f -> Error (e @ f)
end

type form = { name : string; age : int; mail : string }

let check what ok v = if ok v then Ok v else Error [ what ]

let validate name age mail =
  let open Validation in
  let+ name = check "name is empty" (( <> ) "") name
  and+ age = check "age is out of range" (fun a -> a >= 0 && a < 150) age
  and+ mail = check "mail has no @" (fun m -> String.contains m '@') mail in
  { name; age; mail }

(* let* and and* : sequences of states. *)
module State = struct
  let ( let* ) m f s = let x, s = m s in f x s
  let ( and* ) a b s = let x, s = a s in let y, s = b s in ((x, y), s)
  let return x s = (x, s)
  let next s = (s, s + 1)
end

let three =
  let open State in
  let* a = next and* b = next in
  let* c = next in
  return (a, b, c)

(* Operators on more than one level, with patterns and functions under them. *)
let ( let@ ) f k = f k
let ( let| ) o default = match o with Some v -> v | None -> default ()
let ( let$ ) x f = Printf.sprintf "<%s>" (f x)

let with_indent n k = String.make n ' ' ^ k (n + 2)

let nested () =
  let@ a = with_indent 1 in
  let@ b = with_indent a in
  Printf.sprintf "%d %d" a b

(* Patterns under an operator. *)
let sum_pairs l =
  let ( let* ) l f = List.concat_map f l in
  let* (a, b) = l in
  let* { contents = c } = [ ref a; ref b ] in
  [ c * 10 ]

(* Names made of operator characters, and and-operators that combine differently. *)
let ( let*? ) = Option.bind
let ( and*? ) a b = match (a, b) with Some x, Some y -> Some (x, y) | _ -> None
let ( let++ ) x f = f (x + 1)

let safe_div a b = if b = 0 then None else Some (a / b)

let ratio a b c =
  let*? x = safe_div a b
  and*? y = safe_div b c in
  let*? z = safe_div x y in
  Some (x, y, z)

let () =
  (match validate "Ann" 30 "a@b" with Ok f -> Printf.printf "%s %d %s\n" f.name f.age f.mail | Error _ -> ());
  (match validate "" 200 "nowhere" with Ok _ -> () | Error l -> print_endline (String.concat "; " l));
  let (a, b, c), s = three 5 in
  Printf.printf "%d %d %d then %d\n" a b c s;
  print_endline (nested ());
  print_endline (let$ x = "in" in x ^ "side");
  print_endline (let| () = Some "given" in "default");
  print_endline (let| () = None in "default");
  List.iter (Printf.printf "%d ") (sum_pairs [ (1, 2); (3, 4) ]);
  print_newline ();
  (match ratio 100 10 2 with Some (x, y, z) -> Printf.printf "%d %d %d\n" x y z | None -> print_endline "none");
  (match ratio 100 0 2 with Some _ -> () | None -> print_endline "none");
  Printf.printf "%d\n" (let++ x = 2 in x * 100)

(* stdout {expected|
Ann 30 a@b
name is empty; age is out of range; mail has no @
5 6 7 then 8
    3 5
<inside>
given
default
10 20 30 40 
10 5 2
none
300
|expected} *)
