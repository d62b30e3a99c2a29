(* [module type of], plain and strengthened, for wrappers of existing modules. *)

(* The plain form forgets what the types are; including the module keeps the equalities. *)
module type LIST = module type of List
module type SAME_LIST = module type of struct include List end

module Traced : SAME_LIST = struct
  include List
  let map f l =
    Printf.printf "(map over %d)" (length l);
    map f l
end

module Plain : LIST = List

module Counter = struct
  type t = { mutable count : int; name : string }
  exception Overflow of t
  let limit = 3
  let make name = { count = 0; name }
  let bump c =
    if c.count >= limit then raise (Overflow c);
    c.count <- c.count + 1
end

(* An interface that is the old one plus something. *)
module type BETTER_COUNTER = sig
  include module type of struct include Counter end
  val reset : t -> unit
end

module Better : BETTER_COUNTER = struct
  include Counter
  let reset c = c.count <- 0
end

(* Replacing a type of a signature taken from a module. *)
module Gauge : sig
  type t
  exception Overflow of t
  val make : int -> t
  val bump : t -> t
end = struct
  type t = int
  exception Overflow of t
  let make n = n
  let bump n = if n >= 10 then raise (Overflow n) else n + 1
end

module type GAUGE_OF = sig
  type state
  include module type of Gauge with type t := state
end

module Cell : GAUGE_OF with type state = string = struct
  type state = string
  exception Overflow of string
  let make n = String.make n '|'
  let bump s = if String.length s >= 10 then raise (Overflow s) else s ^ "|"
end

module Wrap (M : module type of Counter) = struct
  let fill name =
    let c = M.make name in
    try
      while true do
        M.bump c
      done;
      0
    with M.Overflow _ -> M.limit
end

module W = Wrap (Counter)

(* The signature of a functor's result. *)
module Int_map = Map.Make (Int)

module Extended_map : sig
  include module type of struct include Int_map end
  val of_list : (int * 'a) list -> 'a t
end = struct
  include Int_map
  let of_list l = List.fold_left (fun m (k, v) -> add k v m) empty l
end

let () =
  let total = List.fold_left ( + ) 0 (Traced.map succ [ 1; 2; 3 ]) in
  Printf.printf " %d\n" total;
  Printf.printf "%d\n" (Plain.length [ 'a'; 'b' ]);
  (* Better.t is Counter.t *)
  let c = Counter.make "shared" in
  Better.bump c;
  Counter.bump c;
  Printf.printf "%d " c.count;
  Better.reset c;
  Printf.printf "%d\n" c.Better.count;
  (try
     for _ = 1 to 10 do
       Better.bump c
     done
   with Counter.Overflow { name; count; _ } -> Printf.printf "%s overflows at %d\n" name count);
  (try
     let rec fill cell = fill (Cell.bump cell) in
     fill (Cell.make 8)
   with Cell.Overflow bar -> print_endline bar);
  Printf.printf "%d\n" (W.fill "w");
  let m : string Int_map.t = Extended_map.of_list [ (2, "two"); (1, "one") ] in
  Int_map.iter (Printf.printf "%d %s\n") m

(* stdout {expected|
(map over 3) 9
2
2 0
shared overflows at 3
||||||||||
3
1 one
2 two
|expected} *)
