(* Virtual classes as mixins, stacked in different orders. *)

class virtual stream =
  object
    method virtual write : string -> unit
    method virtual close : unit
  end

class memory =
  object
    inherit stream
    val buffer = Buffer.create 16
    method write s = Buffer.add_string buffer s
    method close = Buffer.add_string buffer "<end>"
    method contents = Buffer.contents buffer
  end

class virtual upper_case =
  object (self)
    method virtual raw : string -> unit
    method emit s = self#raw (String.uppercase_ascii s)
  end

class shouting =
  object
    inherit memory as super
    inherit upper_case
    method raw s = super#write s
    method! write s = super#write "["; super#write s; super#write "]"
  end

let () =
  let s = new shouting in
  s#emit "quiet";
  s#write "as is";
  s#close;
  print_endline s#contents

(* Counting, timing and prefixing around a virtual method that another mixin defines. *)
class virtual work =
  object
    method virtual run : int -> int
  end

class base =
  object
    inherit work
    method run n = n * 2
  end

class counted =
  object
    inherit base as super
    val mutable calls = 0
    method calls = calls
    method! run n =
      calls <- calls + 1;
      super#run n
  end

class virtual cached =
  object (self)
    val cache : (int, int) Hashtbl.t = Hashtbl.create 16
    method virtual run : int -> int
    method cached n =
      match Hashtbl.find_opt cache n with
      | Some r -> r
      | None ->
          let r = self#run n in
          Hashtbl.add cache n r;
          r
  end

class both =
  object
    inherit counted
    inherit cached
  end

class both' =
  object
    inherit cached
    inherit counted
  end

let () =
  let test name o =
    let sum = List.fold_left (fun acc n -> acc + o#cached n) 0 [ 1; 2; 1; 2; 3; 1 ] in
    Printf.printf "%s %d %d\n" name sum o#calls
  in
  test "both" (new both);
  test "both'" (new both')

(* A mixin that a functor makes. *)
module Prefix (P : sig val prefix : string end) (S : sig class s : object method show : string end end) = struct
  class s =
    object
      inherit S.s as super
      method! show = P.prefix ^ super#show
    end
end

module Plain = struct class s = object method show = "plain" end end
module A = Prefix (struct let prefix = "a:" end) (Plain)
module BA = Prefix (struct let prefix = "b:" end) (A)

let () = print_endline (new BA.s)#show

(* A definition that is seen as virtual does not override. *)
module type NAMED = sig
  class virtual named : object
    method virtual name : string
    method greeting : string
  end
end

module Hides (N : NAMED) = struct
  class c =
    object
      method name = "mine"
      inherit N.named
    end

  class d =
    object
      inherit N.named
      method name = "mine, later"
    end
end

module Named = struct
  class virtual named =
    object (self)
      method name = "theirs"
      method greeting = "hello " ^ self#name
    end
end

module H = Hides (Named)

let () =
  print_endline (new H.c)#greeting;
  print_endline (new H.d)#greeting

(* Instance variables as parameters of a mixin. *)
class virtual bounded =
  object (self)
    val virtual low : int
    val virtual high : int
    val mutable virtual current : int
    method move d = current <- max low (min high (current + d)); self#moved
    method virtual moved : unit
    method current = current
  end

class knob lowest highest =
  object
    val low = lowest
    val high = highest
    val mutable current = lowest
    val mutable moves = 0
    inherit bounded
    method moved = moves <- moves + 1
    method moves = moves
  end

let () =
  let k = new knob 0 10 in
  List.iter k#move [ 3; 30; -4; -40; 5 ];
  Printf.printf "%d %d\n" k#current k#moves

(* stdout {expected|
QUIET[as is]<end>
both 20 3
both' 20 3
b:a:plain
hello mine
hello mine, later
5 5
|expected} *)
