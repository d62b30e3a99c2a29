(* Signatures built from signatures: includes, abstract module types, types kept and types fixed. *)

module type SIZED = sig
  type t
  val size : t -> int
end

module type FOLDABLE = sig
  type 'a t
  val fold : ('acc -> 'a -> 'acc) -> 'acc -> 'a t -> 'acc
end

module type COLLECTION = sig
  include FOLDABLE
  module Sized (X : sig type elt end) : SIZED with type t = X.elt t
end

module Listed : COLLECTION with type 'a t = 'a list = struct
  type 'a t = 'a list
  let fold = List.fold_left
  module Sized (X : sig type elt end) = struct
    type t = X.elt list
    let size = List.length
  end
end

module Optional : COLLECTION with type 'a t = 'a option = struct
  type 'a t = 'a option
  let fold f acc = function None -> acc | Some x -> f acc x
  module Sized (X : sig type elt end) = struct
    type t = X.elt option
    let size t = fold (fun n _ -> n + 1) 0 t
  end
end

(* A module type may be a member of a signature, abstract or given. *)
module type LANGUAGE = sig
  module type TERM
  module Make (T : TERM) : sig val run : unit -> string end
  module Example : TERM
end

module Arithmetic = struct
  module type TERM = sig val left : int val right : int end
  module Make (T : TERM) = struct let run () = Printf.sprintf "%d" (T.left + T.right) end
  module Example = struct let left = 19 let right = 23 let unused = "hidden" end
end

module Shouting = struct
  module type TERM = sig val word : string end
  module Make (T : TERM) = struct let run () = String.uppercase_ascii T.word ^ "!" end
  module Example = struct let word = "hello" end
end

module Run (L : LANGUAGE) = struct
  module M = L.Make (L.Example)
  let result = M.run ()
end

module Run_arithmetic = Run (Arithmetic)
module Run_shouting = Run (Shouting)

(* The same structure seen through three signatures. *)
module Account = struct
  type t = { owner : string; mutable balance : int }
  let make owner = { owner; balance = 0 }
  let deposit a n = a.balance <- a.balance + n
  let balance a = a.balance
end

module type READ = sig type t val balance : t -> int end
module type WRITE = sig type t val make : string -> t val deposit : t -> int -> unit end

module Reader : READ with type t = Account.t = Account
module Writer : sig include WRITE include READ with type t := t end with type t = Account.t = Account

(* Fields come in the order of the signature, not of the structure. *)
module Reordered : sig
  val third : int
  val first : string
  module Nested : sig val b : int val a : int end
end = struct
  module Nested = struct let a = 1 let b = 2 let c = 3 end
  let first = "first"
  let second = Nested.c
  let third = second * 10
end

let () =
  let module L = Listed.Sized (struct type elt = string end) in
  let module O = Optional.Sized (struct type elt = float end) in
  Printf.printf "%d %d %d\n" (L.size [ "a"; "b" ]) (O.size None) (O.size (Some 1.));
  Printf.printf "%d %d\n" (Listed.fold ( + ) 0 [ 1; 2; 3 ]) (Optional.fold ( + ) 5 (Some 6));
  print_endline Run_arithmetic.result;
  print_endline Run_shouting.result;
  let a = Writer.make "me" in
  Writer.deposit a 30;
  Account.deposit a 12;
  Printf.printf "%s %d %d\n" a.owner (Reader.balance a) (Writer.balance a);
  Printf.printf "%d %s %d %d\n" Reordered.third Reordered.first Reordered.Nested.a Reordered.Nested.b

(* stdout {expected|
2 0 1
6 11
42
HELLO!
me 42 42
30 first 1 2
|expected} *)
