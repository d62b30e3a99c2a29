(* Which exceptions are the same: by application, by alias, by rebinding, by copy. *)

module type STACK = sig
  type 'a t
  exception Empty
  exception Full of int
  val create : unit -> 'a t
  val push : 'a t -> 'a -> unit
  val pop : 'a t -> 'a
end

module Bounded (Size : sig val limit : int end) : STACK = struct
  type 'a t = 'a list ref
  exception Empty
  exception Full of int
  let create () = ref []
  let push s x = if List.length !s >= Size.limit then raise (Full Size.limit) else s := x :: !s
  let pop s = match !s with [] -> raise Empty | x :: rest -> s := rest; x
end

module Two = struct let limit = 2 end
module S1 = Bounded (Two)
module S2 = Bounded (Two)
module Alias = S1

let who f =
  match f () with
  | () -> "nobody"
  | exception S2.Empty -> "S2.Empty"
  | exception Alias.Empty -> "S1.Empty"
  | exception S2.Full n -> Printf.sprintf "S2.Full %d" n
  | exception S1.Full n -> Printf.sprintf "S1.Full %d" n

(* Rebinding gives a second name to one exception. *)
exception Overflow = S1.Full

module Renamed = struct
  exception Nothing = S1.Empty
  exception Own of string
end

(* A functor may get an exception, and raise it for its caller. *)
module Guarded (E : sig exception Refused of string end) = struct
  let check b text = if not b then raise (E.Refused text)
end

module Mine = struct exception Refused of string end
module Yours = struct exception Refused of string end
module G_mine = Guarded (Mine)
module G_yours = Guarded (Yours)

let caller f = try f (); "passed" with Mine.Refused s -> "mine " ^ s | Yours.Refused s -> "yours " ^ s

(* An exception in a function is new at each call; with modules, the value can be kept apart. *)
module type SCOPE = sig exception Leave of int val run : (unit -> int) -> int end

let scope () =
  (module struct
    exception Leave of int
    let run f = try f () with Leave n -> n
  end : SCOPE)

let () =
  let pop1 = S1.create () and pop2 = S2.create () in
  print_endline (who (fun () -> S1.pop pop1));
  print_endline (who (fun () -> S2.pop pop2));
  print_endline (who (fun () -> for _ = 1 to 3 do S1.push pop1 () done));
  print_endline (who (fun () -> for _ = 1 to 3 do S2.push pop2 () done));
  (try S1.push pop1 () with Overflow n -> Printf.printf "overflow %d\n" n);
  (try ignore (S1.pop (S1.create ())) with Renamed.Nothing -> print_endline "nothing");
  Printf.printf "%b %b %b\n" (Renamed.Nothing = S1.Empty) (S1.Empty = S2.Empty) (S1.Full 1 = Overflow 1);
  print_endline (caller (fun () -> G_mine.check false "a"));
  print_endline (caller (fun () -> G_yours.check false "b"));
  print_endline (caller (fun () -> G_yours.check true "c"));
  let (module Outer) = scope () in
  let (module Inner) = scope () in
  let result = Outer.run (fun () -> 1 + Inner.run (fun () -> raise (Outer.Leave 10))) in
  let other = Outer.run (fun () -> 1 + Inner.run (fun () -> raise (Inner.Leave 10))) in
  Printf.printf "%d %d\n" result other;
  print_endline (Printexc.to_string (Renamed.Own "text"));
  print_endline (Printexc.to_string Renamed.Nothing);
  print_endline (Printexc.to_string (Overflow 3))

(* stdout {expected|
S1.Empty
S2.Empty
S1.Full 2
S2.Full 2
overflow 2
nothing
true false true
mine a
yours b
passed
10 11
Modules_exception_identity.Renamed.Own("text")
Modules_exception_identity.Bounded(Size).Empty
Modules_exception_identity.Bounded(Size).Full(3)
|expected} *)
