(* Classes in modules, functors, recursive modules, first-class modules; class types in signatures. *)

module Geometry = struct
  let origin = ref 0

  class point x =
    object
      val mutable x = x
      method x = x - !origin
      method shift d = x <- x + d
    end

  module Colored = struct
    class colored_point x c =
      object
        inherit point x
        method color : string = c
      end
  end
end

let () =
  let p = new Geometry.Colored.colored_point 5 "red" in
  p#shift 2;
  Geometry.origin := 1;
  Printf.printf "%d %s\n" p#x p#color

module type QUEUE = sig
  type elt

  class type t_type = object
    method push : elt -> unit
    method pop : elt option
    method length : int
  end

  class t : t_type
end

module Queue_of (E : sig
  type t

  val name : string
end) : QUEUE with type elt = E.t = struct
  type elt = E.t

  class type t_type = object
    method push : elt -> unit
    method pop : elt option
    method length : int
  end

  let made = ref 0

  class t =
    object (self)
      val mutable front : elt list = []
      val mutable back : elt list = []
      val number = incr made; !made
      method private log what = Printf.printf "[%s %d %s]" E.name number what
      method length = List.length front + List.length back
      method push x =
        self#log "push";
        back <- x :: back
      method pop =
        match front with
        | x :: rest ->
            front <- rest;
            Some x
        | [] -> (
            match List.rev back with
            | [] -> None
            | x :: rest ->
                self#log "turn";
                front <- rest;
                back <- [];
                Some x)
    end
end

module Ints = Queue_of (struct type t = int let name = "ints" end)
module Strings = Queue_of (struct type t = string let name = "strings" end)

let () =
  let q = new Ints.t and r = new Ints.t and s = new Strings.t in
  q#push 1;
  q#push 2;
  r#push 10;
  s#push "a";
  (match (q#pop, q#pop, q#pop, r#pop, s#pop) with
  | Some a, Some b, None, Some c, Some d -> Printf.printf "\n%d %d %d %s\n" a b c d
  | _ -> print_endline "?");
  Printf.printf "%d %d\n" q#length s#length

(* A functor over a class. *)
module Twice (M : sig
  class base : int -> object
    method value : int
  end
end) =
struct
  class twice n =
    object
      inherit M.base n as super
      method! value = 2 * super#value
    end
end

module One = struct
  class base n = object method value = n + 1 end
end

module Two = Twice (One)

module Four = Twice (struct
  class base = Two.twice
end)

let () = Printf.printf "%d %d\n" (new Two.twice 4)#value (new Four.twice 4)#value

(* Recursive modules. *)
module rec Even : sig
  class c : int -> object
    method test : bool
  end

  val make : int -> c
end = struct
  class c n =
    object
      method test = n = 0 || (new Odd.c (n - 1))#test
    end

  let make n = new c n
end

and Odd : sig
  class c : int -> object
    method test : bool
  end
end = struct
  class c n =
    object
      method test = n <> 0 && (Even.make (n - 1))#test
    end
end

let () = Printf.printf "%b %b\n" (Even.make 12)#test (new Odd.c 12)#test

(* First-class modules. *)
module type SHAPE = sig
  class shape : float -> object
    method area : float
    method name : string
  end
end

module Square = struct
  class shape side = object (self)
    method name = "square"
    method area = self#side *. self#side
    method private side : float = side
  end
end

module Disc = struct
  class shape r = object
    method name = "disc"
    method area = 3. *. r *. r
  end
end

let area (module S : SHAPE) x =
  let s = new S.shape x in
  Printf.printf "%s %g\n" s#name s#area

let () = List.iter (fun m -> area m 2.) [ (module Square : SHAPE); (module Disc) ]

(* include and open. *)
module Extended = struct
  include Geometry

  class point3 x (y : int) (z : int) =
    object
      inherit point x
      method coordinates = (x, y, z)
    end
end

let () =
  let open Extended in
  let p = new point3 1 2 3 in
  p#shift 10;
  let _, y, _ = p#coordinates in
  Printf.printf "%d %d\n" p#x y

(* Local classes. *)
let make_local k =
  let module L = struct
    class c d =
      object
        val mutable total = k
        method add = total <- total + d
        method total = total
      end
  end in
  fun d ->
    let o = new L.c d in
    o#add;
    o#add;
    o#total

let () = Printf.printf "%d %d %d\n" (make_local 100 1) (make_local 0 7) (make_local 5 5)

(* stdout {expected|
6 red
[ints 1 push][ints 1 push][ints 2 push][strings 1 push][ints 1 turn][ints 2 turn][strings 1 turn]
1 2 10 a
0 0
10 20
true false
square 4
disc 12
10 2
102 14 15
|expected} *)
