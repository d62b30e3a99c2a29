(* Applicative functors: the same argument gives the same types. Generative ones do not. *)
module type KEY = sig type t val compare : t -> t -> int end
module Table (K : KEY) = struct
  module M = Map.Make (K)
  type 'a t = { mutable map : 'a M.t; mutable hits : int }
  let create () = { map = M.empty; hits = 0 }
  let set t k v = t.map <- M.add k v t.map
  let get t k = match M.find_opt k t.map with Some v -> t.hits <- t.hits + 1; Some v | None -> None
end

module A = Table (String)
module B = Table (String)

let shared : int A.t = B.create ()
let map : int Map.Make(String).t = let module M = Map.Make (String) in M.(add "k" 3 empty)

module Gen () = struct
  type t = int
  let counter = ref 0
  let fresh () : t = incr counter; !counter
end

module G1 = Gen ()
module G2 = Gen ()

module Compose (F : functor (X : KEY) -> sig type t val name : string end) (X : KEY) = struct
  module R = F (X)
  let name = "composed " ^ R.name
end

module Named (X : KEY) = struct type t = X.t list let name = "named" end

module Pair (X : KEY) (Y : KEY) = struct
  type t = X.t * Y.t
  let compare (a, b) (c, d) = match X.compare a c with 0 -> Y.compare b d | n -> n
end

let () =
  A.set shared "one" 1;
  A.set shared "two" 2;
  (match B.get shared "one" with Some n -> Printf.printf "found %d\n" n | None -> print_endline "lost");
  Printf.printf "hits %d\n" shared.A.hits;
  Printf.printf "%d\n" (A.M.find "k" map);
  let a = G1.fresh () in
  let a' = G1.fresh () in
  let b = G2.fresh () in
  Printf.printf "%d %d %d\n" (a :> int) a' b;
  let module C = Compose (Named) (Int) in
  print_endline C.name;
  let module P = Set.Make (Pair (Int) (String)) in
  let set = P.of_list [ (2, "b"); (1, "z"); (2, "a"); (1, "z") ] in
  P.iter (fun (n, s) -> Printf.printf "%d%s " n s) set;
  print_newline ()

(* stdout {expected|
found 1
hits 1
3
1 2 1
composed named
1z 2a 2b 
|expected} *)
