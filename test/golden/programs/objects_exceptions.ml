(* Exceptions through methods, initializers and super calls; deep recursion; finalisation order of try. *)

exception Stop of int

class virtual walker =
  object (self)
    val mutable depth = 0
    method depth = depth
    method virtual visit : int -> int
    method walk n =
      depth <- depth + 1;
      match self#visit n with
      | r ->
          depth <- depth - 1;
          r
      | exception e ->
          depth <- depth - 1;
          raise e
  end

class collatz limit =
  object (self)
    inherit walker
    method visit n =
      if depth > limit then raise (Stop depth)
      else if n = 1 then 0
      else if n land 1 = 0 then 1 + self#walk (n / 2)
      else 1 + self#walk ((3 * n) + 1)
  end

let () =
  let attempt limit n =
    let c = new collatz limit in
    (match c#walk n with
    | steps -> Printf.printf "%d: %d steps" n steps
    | exception Stop d -> Printf.printf "%d: stopped at %d" n d);
    Printf.printf ", depth %d\n" c#depth
  in
  attempt 200 27;
  attempt 50 27;
  attempt 10 8

(* Deep recursion through sends. *)
class deep =
  object (self)
    method down n = if n = 0 then 0 else 1 + self#down (n - 1)
    method even n = n = 0 || self#odd (n - 1)
    method odd n = n <> 0 && self#even (n - 1)
  end

let () =
  let d = new deep in
  Printf.printf "%d %b\n" (d#down 100_000) (d#even 1_000_001)

(* Protecting. *)
class resource name =
  object (self)
    val mutable open_ = false
    method private acquire =
      open_ <- true;
      Printf.printf "open %s\n" name
    method private release =
      open_ <- false;
      Printf.printf "close %s\n" name
    method is_open = open_
    method use : 'a. (unit -> 'a) -> 'a =
      fun f ->
        self#acquire;
        Fun.protect ~finally:(fun () -> self#release) f
  end

class checked name limit =
  object (self)
    inherit resource name as super
    val mutable uses = 0
    method! use f =
      if uses >= limit then failwith (name ^ " is used up");
      uses <- uses + 1;
      super#use f
    method uses = uses
    initializer if limit < 0 then invalid_arg "limit" else ignore self#is_open
  end

let () =
  let r = new checked "file" 2 in
  Printf.printf "%d\n" (r#use (fun () -> 1 + 1));
  (try r#use (fun () -> raise Exit) with Exit -> print_endline "exit");
  (try r#use (fun () -> ()) with Failure m -> print_endline m);
  Printf.printf "%d %b\n" r#uses r#is_open;
  match new checked "bad" (-1) with
  | _ -> print_endline "made"
  | exception Invalid_argument m -> print_endline ("invalid: " ^ m)

(* Exceptions that carry objects. *)
class error code = object method code = code method message = "code " ^ string_of_int code end
exception Error of error

class special = object inherit error 7 as super method! message = super#message ^ ", special" end

let () =
  try raise (Error (new special :> error)) with Error e -> Printf.printf "%d %s\n" e#code e#message

(* Comparing objects that hold functions is comparing identities. *)
let () =
  let f = object val g = fun x -> x + 1 method call = g end in
  Printf.printf "%b %b %d\n" (f = f) (f = object val g = fun x -> x method call = g end) (f#call 1)

(* stdout {expected|
27: 111 steps, depth 0
27: stopped at 51, depth 0
8: 3 steps, depth 0
100000 false
open file
close file
2
open file
close file
exit
file is used up
2 false
invalid: limit
7 code 7, special
true false 2
|expected} *)
