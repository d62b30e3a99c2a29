(* Extensible variants: open extension in functors, rebinding, private extension, polymorphic parameters, exceptions as one. *)
type message = ..
module type HANDLER = sig type message += Message of string val handle : message -> string option end
module Handler (N : sig val name : string end) : HANDLER = struct
  type message += Message of string
  let handle = function Message s -> Some (N.name ^ ":" ^ s) | _ -> None
end
module A = Handler (struct let name = "a" end)
module B = Handler (struct let name = "b" end)

type message += Stop | Count of int * int
type message += Halt = Stop

let rec dispatch handlers m =
  match handlers with
  | [] -> ( match m with Stop -> "stop" | Count (a, b) -> string_of_int (a + b) | _ -> "unknown")
  | h :: rest -> ( match h m with Some s -> s | None -> dispatch rest m)

type 'a box = ..
type 'a box += Pair of 'a * 'a | Empty
let size = function Pair _ -> 2 | Empty -> 0 | _ -> -1

module M : sig type t = private .. type t += Visible of int val make : int -> t val secret : t end = struct
  type t = ..
  type t += Visible of int | Secret
  let make n = Visible n
  let secret = Secret
end

exception Alias = Not_found

let () =
  let handlers = [ A.handle; B.handle ] in
  List.iter (fun m -> print_endline (dispatch handlers m)) [ A.Message "x"; B.Message "y"; Stop; Halt; Count (2, 3) ];
  Printf.printf "%d %d\n" (size (Pair (1, 2))) (size (Empty : string box));
  (match M.make 5 with M.Visible n -> Printf.printf "%d\n" n | _ -> print_endline "no");
  (match M.secret with M.Visible _ -> print_endline "visible" | _ -> print_endline "secret");
  (try List.find (fun _ -> false) [] with Alias -> print_endline "alias");
  Printf.printf "%b\n" (Halt = Stop)

(* stdout {expected|
a:x
b:y
stop
stop
5
2 0
5
secret
alias
true
|expected} *)
