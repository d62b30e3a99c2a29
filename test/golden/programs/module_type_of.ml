(* module type of, with and without strengthening; a module extended through its own signature. *)
module Counter = struct
  type t = int ref
  let create () = ref 0
  let tick c = incr c; !c
end

module type COUNTER = module type of Counter
module type COUNTER_EXTENDED = sig
  include module type of struct include Counter end
  val reset : t -> unit
end

module Extended : COUNTER_EXTENDED = struct
  include Counter
  let reset c = c := 0
end

module Use (C : COUNTER) = struct
  let run () =
    let c = C.create () in
    let a = C.tick c in
    let b = C.tick c in
    (a, b)
end

module type STACK = sig
  type 'a t
  val empty : 'a t
  val push : 'a -> 'a t -> 'a t
  val to_list : 'a t -> 'a list
end

module Stack_list = struct
  type 'a t = 'a list
  let empty = []
  let push x s = x :: s
  let to_list s = s
end

module Hidden : STACK = Stack_list
module Shown : STACK with type 'a t = 'a list = Stack_list

let () =
  let module U = Use (Counter) in
  let a, b = U.run () in
  Printf.printf "%d %d\n" a b;
  let c = Extended.create () in
  ignore (Extended.tick c);
  ignore (Counter.tick c);
  Printf.printf "%d\n" !c;
  Extended.reset c;
  Printf.printf "%d\n" !c;
  Hidden.(empty |> push 1 |> push 2 |> to_list) |> List.iter (Printf.printf "%d ");
  List.iter (Printf.printf "%d ") (Shown.push 9 [ 8 ]);
  print_newline ()

(* stdout {expected|
1 2
2
0
2 1 9 8 
|expected} *)
