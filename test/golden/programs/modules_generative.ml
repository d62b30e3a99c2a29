(* Generative functors: each application makes new types, new exceptions and new state. *)

module type SYMBOL = sig
  type t
  exception Unknown of string
  val intern : string -> t
  val name : t -> string
  val known : string -> t
  val count : unit -> int
  val equal : t -> t -> bool
end

module Symbol () : SYMBOL = struct
  type t = int
  exception Unknown of string
  let table : (string, int) Hashtbl.t = Hashtbl.create 16
  let names = ref [||]

  let intern text =
    match Hashtbl.find_opt table text with
    | Some n -> n
    | None ->
      let n = Array.length !names in
      names := Array.append !names [| text |];
      Hashtbl.add table text n;
      n

  let name n = !names.(n)
  let known text = try Hashtbl.find table text with Not_found -> raise (Unknown text)
  let count () = Array.length !names
  let equal = Int.equal
end

module Keywords = Symbol ()
module Identifiers = Symbol ()

(* Exceptions of different instances are different, although they have one name. *)
let classify f =
  match f () with
  | (_ : string) -> "fine"
  | exception Keywords.Unknown s -> "no keyword " ^ s
  | exception Identifiers.Unknown s -> "no identifier " ^ s

(* A functor with parameters may be generative in the last one only. *)
module Ids (Prefix : sig val text : string end) () = struct
  let next = ref 0
  let fresh () = incr next; Prefix.text ^ string_of_int !next
end

module Temporary = struct let text = "t" end
module T1 = Ids (Temporary) ()
module T2 = Ids (Temporary) ()

(* A generative functor as a parameter, applied twice. *)
module Independent (Make : functor () -> sig val fresh : unit -> string end) = struct
  module A = Make ()
  module B = Make ()
  let trace () =
    let a1 = A.fresh () in
    let b1 = B.fresh () in
    let a2 = A.fresh () in
    String.concat " " [ a1; b1; a2 ]
end

module I = Independent (Ids (Temporary))

(* Unpacking a first-class module is allowed in a generative functor's body only. *)
module type NUMBER = sig type t val value : t val show : t -> string end

let chosen = ref (module struct type t = int let value = 1 let show = string_of_int end : NUMBER)

module Choose () = (val !chosen : NUMBER)
module First = Choose ()
let () = chosen := (module struct type t = float let value = 2.5 let show = string_of_float end)
module Second = Choose ()

let () =
  let k = Keywords.intern "let" in
  let i = Identifiers.intern "x" in
  ignore (Identifiers.intern "y");
  Printf.printf "%s %s %d %d\n" (Keywords.name k) (Identifiers.name i) (Keywords.count ()) (Identifiers.count ());
  Printf.printf "%b\n" (Keywords.equal k (Keywords.known "let"));
  print_endline (classify (fun () -> Keywords.name (Keywords.known "x")));
  print_endline (classify (fun () -> Identifiers.name (Identifiers.known "let")));
  print_endline (classify (fun () -> Identifiers.name (Identifiers.known "y")));
  let a = T1.fresh () in
  let b = T1.fresh () in
  let c = T2.fresh () in
  Printf.printf "%s %s %s\n" a b c;
  print_endline (I.trace ());
  Printf.printf "%s %s\n" (First.show First.value) (Second.show Second.value)

(* stdout {expected|
let x 1 2
true
no keyword x
no identifier let
fine
t1 t2 t1
t1 t1 t2
1 2.5
|expected} *)
