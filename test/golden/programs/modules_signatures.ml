module type COUNTER = sig
  type t
  val make : int -> t
  val next : t -> int
  val peek : t -> int
end

module Counter : COUNTER = struct
  type t = int ref
  let make n = ref n
  let bump r = incr r
  let next r = let v = !r in bump r; v
  let peek r = !r
end

module Queue_ : sig
  type +'a t
  exception Empty
  val empty : 'a t
  val add : 'a -> 'a t -> 'a t
  val take : 'a t -> 'a * 'a t
end = struct
  type 'a t = { front : 'a list; back : 'a list }
  exception Empty
  let empty = { front = []; back = [] }
  let add x q = { q with back = x :: q.back }
  let rec take = function
    | { front = x :: front; back } -> (x, { front; back })
    | { front = []; back = [] } -> raise Empty
    | { front = []; back } -> take { front = List.rev back; back = [] }
end

module type SHOW = sig type t val show : t -> string end

module Int_show : SHOW with type t = int = struct type t = int let show = string_of_int end
module List_show (S : SHOW) : SHOW with type t = S.t list = struct
  type t = S.t list
  let show l = "[" ^ String.concat "; " (List.map S.show l) ^ "]"
end

module Nested = List_show (List_show (Int_show))

let () =
  let c = Counter.make 5 in
  Printf.printf "%d %d" (Counter.next c) (Counter.next c);
  Printf.printf " %d\n" (Counter.peek c);
  let q = Queue_.(empty |> add 1 |> add 2 |> add 3) in
  let x, q = Queue_.take q in
  let y, q = Queue_.take q in
  let z, q = Queue_.take q in
  Printf.printf "%d %d %d %s\n" x y z (match Queue_.take q with _ -> "more" | exception Queue_.Empty -> "empty");
  print_endline (Nested.show [ [ 1; 2 ]; []; [ 3 ] ])

(* stdout {expected|
6 5 7
1 2 3 empty
[[1; 2]; []; [3]]
|expected} *)
