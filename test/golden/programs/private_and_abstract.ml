module Natural : sig
  type t = private int
  val of_int : int -> t option
  val add : t -> t -> t
end = struct
  type t = int
  let of_int n = if n >= 0 then Some n else None
  let add = ( + )
end

module Id : sig
  type 'a t
  val fresh : unit -> 'a t
  val to_string : 'a t -> string
  val equal : 'a t -> 'a t -> bool
end = struct
  type 'a t = int
  let next = ref 0
  let fresh () = incr next; !next
  let to_string = Printf.sprintf "#%d"
  let equal = Int.equal
end

type user
type order

let () =
  (match Natural.of_int 5, Natural.of_int (-1) with
  | Some n, None -> Printf.printf "%d %d\n" (n :> int) ((Natural.add n n :> int) + 1)
  | _ -> print_endline "wrong");
  let u : user Id.t = Id.fresh () and o : order Id.t = Id.fresh () in
  let first, second = if Id.to_string u < Id.to_string o then ("#1", "#2") else ("#2", "#1") in
  Printf.printf "%b %b\n" (first <> second) (Id.equal u u)

(* stdout {expected|
5 11
true true
|expected} *)
