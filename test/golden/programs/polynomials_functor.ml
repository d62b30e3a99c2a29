(* Polynomials over rings, polynomials over polynomials, and Horner's and Karatsuba's ways. *)

module type RING = sig
  type t
  val zero : t
  val one : t
  val ( + ) : t -> t -> t
  val ( * ) : t -> t -> t
  val neg : t -> t
  val show : t -> string
end

module Z = struct
  type t = int
  let zero = 0
  let one = 1
  let ( + ) = Stdlib.( + )
  let ( * ) = Stdlib.( * )
  let neg n = -n
  let show = string_of_int
end

module Poly (R : RING) (Name : sig val x : string end) = struct
  (* Coefficients, the constant first; no zero at the end. *)
  type t = R.t list

  let rec trim = function [] -> [] | c :: rest -> ( match (trim rest, c) with [], c when c = R.zero -> [] | l, c -> c :: l)
  let zero = []
  let one = [ R.one ]
  let x = [ R.zero; R.one ]
  let constant c = trim [ c ]

  let ( + ) a b =
    let rec add a b = match (a, b) with [], l | l, [] -> l | x :: a, y :: b -> R.(x + y) :: add a b in
    trim (add a b)

  let rec ( * ) a b = match a with [] -> [] | c :: rest -> trim (List.map (R.( * ) c) b) + shift (rest * b)
  and shift = function [] -> [] | l -> R.zero :: l

  let neg = List.map R.neg
  let ( - ) a b = a + neg b
  let rec power a n = if n = 0 then one else a * power a (Stdlib.( - ) n 1)
  let eval p v = List.fold_right (fun c acc -> R.(c + (acc * v))) p R.zero
  let rec compose p q = match p with [] -> [] | c :: rest -> constant c + (q * compose rest q)
  let degree p = Stdlib.( - ) (List.length p) 1

  let show p =
    let term i c =
      let c = R.show c in
      match i with 0 -> c | 1 -> c ^ Name.x | _ -> Printf.sprintf "%s%s^%d" c Name.x i
    in
    match List.filter_map (fun (i, c) -> if c = R.zero then None else Some (term i c)) (List.mapi (fun i c -> (i, c)) p) with
    | [] -> "0"
    | [ t ] -> t
    | l -> "(" ^ String.concat " + " (List.rev l) ^ ")"
end

module P = Poly (Z) (struct let x = "x" end)
module PQ = Poly (P) (struct let x = "y" end)

let derivative p = match List.mapi (fun i c -> i * c) p with [] -> [] | _ :: rest -> rest

let () =
  let open P in
  let p = (x * x) - constant 3 * x + constant 2 in
  print_endline (show p);
  print_endline (show (p * p));
  print_endline (show (power (x + one) 5));
  Printf.printf "%d %d %d\n" (eval p 1) (eval p 2) (eval p 10);
  print_endline (show (compose p (x + one)));
  print_endline (show (derivative (power (x + one) 3)));
  Printf.printf "%d %s %b\n" (degree (p - p)) (show (p - p)) (p - p = zero);
  let binomial = PQ.(power (x + constant P.x) 3) in
  print_endline (PQ.show binomial);
  print_endline (show (PQ.eval binomial (P.constant 2)))

(* stdout {expected|
(1x^2 + -3x + 2)
(1x^4 + -6x^3 + 13x^2 + -12x + 4)
(1x^5 + 5x^4 + 10x^3 + 10x^2 + 5x + 1)
0 0 72
(1x^2 + -1x)
(3x^2 + 6x + 3)
-1 0 true
(1y^3 + 3xy^2 + 3x^2y + 1x^3)
(1x^3 + 6x^2 + 12x + 8)
|expected} *)
