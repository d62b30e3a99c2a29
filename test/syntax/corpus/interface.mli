(* One of every signature item. *)
val x : int [@@deprecated "no"]
external f : int -> int -> int -> int -> int -> int -> int = "a" "b" [@@noalloc]
type t and 'a u = private { mutable a : 'a; b : int [@x] } and v = ..
type +'a w := 'a list
type v += A of int | B : int -> v
exception E of { x : int } [@@x]
module M : sig val x : int end
module N = M.P
module O := M.P
module rec A : sig type t = B.t end and B : sig type t end
module F (X : sig end) () (_ : T) : S with type t = int and module M = N
module G : functor (X : S) -> functor () -> S -> T
module type S = sig end
module type T
module type U := S with type t := int
open M.N
open! M
include S with type t = M.t
include module type of struct include M end
class c : ?x:int -> y:int -> [int] M.d
class virtual ['a] e : object ('self) method m : 'a inherit ['a] d end
class type f = object val mutable x : int method private virtual n : 'b. 'b -> 'self end
[@@@floating 1]
[%%extension: int]
val y : (module S with type t = int) -> [> `A | `B of int ] -> < x : int; .. > as 'a
val ( + ) : int -> int -> int;;
val ( .%() ) : 'a t -> int -> 'a
