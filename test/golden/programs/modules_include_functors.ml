(* Interfaces that are derived from a few functions, by including the result of a functor. *)

module type MONAD_BASE = sig
  type 'a t
  val return : 'a -> 'a t
  val bind : 'a t -> ('a -> 'b t) -> 'b t
end

module type MONAD = sig
  include MONAD_BASE
  val map : ('a -> 'b) -> 'a t -> 'b t
  val join : 'a t t -> 'a t
  val sequence : 'a t list -> 'a list t
  val fold : ('acc -> 'a -> 'acc t) -> 'acc -> 'a list -> 'acc t
  val replicate : int -> 'a t -> 'a list t
  val ( let* ) : 'a t -> ('a -> 'b t) -> 'b t
  val ( let+ ) : 'a t -> ('a -> 'b) -> 'b t
  val ( and+ ) : 'a t -> 'b t -> ('a * 'b) t
  val ( >=> ) : ('a -> 'b t) -> ('b -> 'c t) -> 'a -> 'c t
end

module Monad (M : MONAD_BASE) : MONAD with type 'a t := 'a M.t = struct
  include M
  let map f m = bind m (fun x -> return (f x))
  let join m = bind m Fun.id
  let ( let* ) = bind
  let ( let+ ) m f = map f m
  let ( and+ ) a b = let* x = a in let+ y = b in (x, y)
  let ( >=> ) f g x = bind (f x) g

  let sequence l =
    let+ reversed = List.fold_left (fun acc m -> let+ l = acc and+ x = m in x :: l) (return []) l in
    List.rev reversed

  let rec fold f acc = function
    | [] -> return acc
    | x :: rest -> let* acc = f acc x in fold f acc rest

  let replicate n m = sequence (List.init n (fun _ -> m))
end

module Maybe = struct
  module Base = struct
    type 'a t = 'a option
    let return x = Some x
    let bind = Option.bind
  end
  include Base
  include Monad (Base)
end

module Choice = struct
  module Base = struct
    type 'a t = 'a list
    let return x = [ x ]
    let bind l f = List.concat_map f l
  end
  include Base
  include Monad (Base)
  let guard condition = if condition then [ () ] else []
end

module State = struct
  module Make (S : sig type t end) = struct
    module Base = struct
      type 'a t = S.t -> 'a * S.t
      let return x s = (x, s)
      let bind m f s = let x, s = m s in f x s
    end
    include Base
    include Monad (Base)
    let get s = (s, s)
    let put s _ = ((), s)
  end
end

module Counter = State.Make (Int)

let fresh = Counter.(let* n = get in let+ () = put (n + 1) in Printf.sprintf "v%d" n)

let half n = if n mod 2 = 0 then Some (n / 2) else None

let () =
  let show = function None -> "none" | Some l -> String.concat "," (List.map string_of_int l) in
  print_endline (show (Maybe.sequence [ Some 1; Some 2 ]));
  print_endline (show (Maybe.sequence [ Some 1; None ]));
  print_endline (show (Maybe.map (fun n -> [ n ]) Maybe.((half >=> half >=> half) 24)));
  print_endline (show (Maybe.(fold (fun acc x -> let+ h = half x in h :: acc) [] [ 2; 4; 6 ])));
  let triples =
    let open Choice in
    let numbers = List.init 20 succ in
    let* c = numbers in
    let* b = List.filter (( > ) c) numbers in
    let* a = List.filter (( > ) b) numbers in
    let+ () = guard ((a * a) + (b * b) = c * c) in
    (a, b, c)
  in
  List.iter (fun (a, b, c) -> Printf.printf "%d %d %d\n" a b c) triples;
  let bits = Choice.replicate 3 [ 0; 1 ] in
  print_endline (String.concat " " (List.map (fun l -> String.concat "" (List.map string_of_int l)) bits));
  let names, next = Counter.replicate 4 fresh 7 in
  Printf.printf "%s %d\n" (String.concat " " names) next

(* stdout {expected|
1,2
none
3
3,2,1
3 4 5
6 8 10
5 12 13
9 12 15
8 15 17
12 16 20
000 001 010 011 100 101 110 111
v7 v8 v9 v10 11
|expected} *)
