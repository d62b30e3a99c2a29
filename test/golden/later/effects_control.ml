(* A generator by effects over a tree, deep recursion that performs at each level, a scheduler with thousands of fibers, handlers inside
   handlers, effects in at_exit, callbacks and format printers. *)

open Effect
open Effect.Deep

type _ Effect.t += Yield : int -> unit t
type _ Effect.t += Ask : string -> int t
type _ Effect.t += Pause : unit t

type tree = Leaf | Node of tree * int * tree

let rec build low high =
  if low > high then Leaf
  else
    let middle = (low + high) / 2 in
    Node (build low (middle - 1), middle, build (middle + 1) high)

let rec iter f = function Leaf -> () | Node (l, x, r) -> iter f l; f x; iter f r

let generator t =
  let rec next = ref (fun () ->
    match iter (fun x -> perform (Yield x)) t with
    | () -> next := (fun () -> None); None
    | effect Yield x, k -> next := (fun () -> continue k ()); Some x)
  in
  fun () -> !next ()

let same_fringe a b =
  let a = generator a and b = generator b in
  let rec go () = match a (), b () with None, None -> true | Some x, Some y when x = y -> go () | _ -> false in
  go ()

let rec right_comb n acc = if n = 0 then acc else right_comb (n - 1) (Node (Leaf, n, acc))

let () =
  Printf.printf "%b %b\n" (same_fringe (build 1 2000) (right_comb 2000 Leaf)) (same_fringe (build 1 2000) (right_comb 1999 Leaf))

(* Performing at each of many levels; then an exception through all of them. *)
exception Bottom of int

let rec descend n = if n = 0 then 0 else begin perform (Yield n); 1 + descend (n - 1) end
let rec descend_raise n = if n = 0 then raise (Bottom n) else begin perform (Yield n); 1 + descend_raise (n - 1) end

let counting f x =
  let count = ref 0 in
  let result = match f x with v -> Ok v | exception e -> Error e | effect Yield _, k -> incr count; continue k () in
  (!count, result)

let () =
  (match counting descend 50_000 with n, Ok r -> Printf.printf "%d %d\n" n r | _, Error _ -> print_endline "error");
  match counting descend_raise 50_000 with n, Error (Bottom b) -> Printf.printf "%d bottom %d\n" n b | _ -> print_endline "no"

(* Fibers that take turns. *)
let scheduler n rounds =
  let queue = Queue.create () in
  let log = Buffer.create 64 and steps = ref 0 in
  let next () = match Queue.take_opt queue with Some resume -> resume () | None -> () in
  let rec fiber id = for i = 1 to rounds do incr steps; if id < 3 then Printf.bprintf log "%d:%d " id i; perform Pause done
  and start id = match fiber id with () -> next () | effect Pause, k -> Queue.add (fun () -> continue k ()) queue; next () in
  for id = 0 to n - 1 do Queue.add (fun () -> start id) queue done;
  next ();
  Printf.printf "%s%d\n" (Buffer.contents log) !steps

let () = scheduler 2000 5

(* The innermost handler that knows an effect gets it; others see it pass, and its answer come back. *)
let answering (n : int) f = match f () with v -> v | effect Ask s, k -> Printf.printf "[%d %s]" n s; continue k n
let pausing f = match f () with v -> v | effect Pause, k -> print_string "(pause)"; continue k ()

let () =
  let work () = perform Pause; let a = perform (Ask "a") in perform Pause; a + perform (Ask "b") in
  let r = answering 1 (fun () -> pausing (fun () -> answering 2 (fun () -> pausing work) + perform (Ask "c"))) in
  Printf.printf " %d\n" r

(* State, exceptions, and a finaliser of a fiber that is discontinued. *)
let () =
  let log = ref [] in
  let note s = log := s :: !log in
  let body () = Fun.protect ~finally:(fun () -> note "finally") (fun () -> note (string_of_int (perform (Ask "x")))) in
  (match body () with
  | () -> note "value"
  | exception Exit -> note "exit"
  | effect Ask _, k -> (try discontinue k Exit with Exit -> note "not here"));
  print_endline (String.concat " " (List.rev !log))

(* Effects from inside the library's functions. *)
let () =
  let sorted = match List.sort (fun a b -> perform Pause; compare a b) [ 3; 1; 2 ] with l -> l | effect Pause, k -> continue k () in
  let table = Hashtbl.create 3 in
  List.iter (fun x -> Hashtbl.add table x (x * x)) sorted;
  let sum = ref 0 in
  (match Hashtbl.iter (fun _ v -> perform (Yield v)) table with () -> () | effect Yield v, k -> sum := !sum + v; continue k ());
  let text = match Printf.sprintf "<%a>" (fun () n -> string_of_int (n + perform (Ask "p"))) 40 with s -> s | effect Ask _, k -> continue k 2 in
  Printf.printf "%s %d %s\n" (String.concat "," (List.map string_of_int sorted)) !sum text

(* Handlers with guards, effects from handlers, floats and strings that live across effects. *)
let () =
  let f () = let x = float_of_int (perform (Ask "f")) /. 4. and s = "s" in perform Pause; Printf.sprintf "%s%g" s (x +. float_of_int (perform (Ask "g"))) in
  let handled () = match f () with s -> s | effect Ask s, k when s = "f" -> continue k (perform (Ask "outer")) | effect Pause, k -> continue k () in
  print_endline (match handled () with s -> s | effect Ask s, k -> continue k (String.length s))

let () = at_exit (fun () -> match perform (Ask "exit") with n -> Printf.printf "at exit %d\n" n | effect Ask _, k -> continue k 9)
let () = match compare (match perform (Ask "k") with _ -> assert false | effect Ask _, k -> Obj.repr k) (match perform (Ask "k") with _ -> assert false | effect Ask _, k -> Obj.repr k) with
  | _ -> print_endline "compared" | exception Invalid_argument s -> print_endline s
