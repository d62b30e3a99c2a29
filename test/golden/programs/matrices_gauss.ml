(* Linear algebra over any field: exact rationals, a prime field, floats. *)

module type FIELD = sig
  type t
  val zero : t
  val one : t
  val add : t -> t -> t
  val neg : t -> t
  val mul : t -> t -> t
  val inv : t -> t
  val of_int : int -> t
  val show : t -> string
end

module Rational : FIELD = struct
  type t = { num : int; den : int }
  let rec gcd a b = if b = 0 then abs a else gcd b (a mod b)
  let make num den =
    let g = if den < 0 then -gcd num den else gcd num den in
    { num = num / g; den = den / g }
  let of_int n = make n 1
  let zero = of_int 0
  let one = of_int 1
  let add a b = make ((a.num * b.den) + (b.num * a.den)) (a.den * b.den)
  let neg a = { a with num = -a.num }
  let mul a b = make (a.num * b.num) (a.den * b.den)
  let inv a = if a.num = 0 then raise Division_by_zero else make a.den a.num
  let show a = if a.den = 1 then string_of_int a.num else Printf.sprintf "%d/%d" a.num a.den
end

module Modulo (P : sig val p : int end) : FIELD = struct
  type t = int
  let of_int n = ((n mod P.p) + P.p) mod P.p
  let zero = 0
  let one = of_int 1
  let add a b = (a + b) mod P.p
  let neg a = of_int (-a)
  let mul a b = a * b mod P.p
  let rec power a n = if n = 0 then one else let h = power (mul a a) (n / 2) in if n mod 2 = 1 then mul a h else h
  let inv a = if a = 0 then raise Division_by_zero else power a (P.p - 2)
  let show = string_of_int
end

module Matrix (F : FIELD) = struct
  type t = F.t array array

  let of_ints rows : t = Array.of_list (List.map (fun r -> Array.of_list (List.map F.of_int r)) rows)
  let identity n : t = Array.init n (fun i -> Array.init n (fun j -> if i = j then F.one else F.zero))
  let show (m : t) = String.concat "; " (Array.to_list (Array.map (fun r -> String.concat " " (Array.to_list (Array.map F.show r))) m))

  let mul (a : t) (b : t) : t =
    let cell row j = snd (Array.fold_left (fun (k, s) x -> (k + 1, F.add s (F.mul x b.(k).(j)))) (0, F.zero) row) in
    Array.map (fun row -> Array.init (Array.length b.(0)) (cell row)) a

  (* Reduces to echelon form in place; gives the determinant of the square part. *)
  let eliminate (m : t) =
    let n = Array.length m in
    let det = ref F.one in
    (try
       for c = 0 to n - 1 do
         match List.find_opt (fun r -> m.(r).(c) <> F.zero) (List.init (n - c) (fun k -> c + k)) with
         | None -> det := F.zero; raise Exit
         | Some r ->
           if r <> c then begin
             let row = m.(r) in
             m.(r) <- m.(c);
             m.(c) <- row;
             det := F.neg !det
           end;
           det := F.mul !det m.(c).(c);
           let scale = F.inv m.(c).(c) in
           m.(c) <- Array.map (F.mul scale) m.(c);
           Array.iteri
             (fun i row -> if i <> c then let k = F.neg row.(c) in m.(i) <- Array.map2 (fun x y -> F.add x (F.mul k y)) row m.(c))
             m
       done
     with Exit -> ());
    !det

  let determinant m = eliminate (Array.copy m)

  let inverse (m : t) : t option =
    let n = Array.length m in
    let wide = Array.mapi (fun i row -> Array.append row (identity n).(i)) m in
    if eliminate wide = F.zero then None else Some (Array.map (fun row -> Array.sub row n n) wide)
end

module Test (F : FIELD) = struct
  module M = Matrix (F)

  let run rows =
    let m = M.of_ints rows in
    Printf.printf "det %s" (F.show (M.determinant m));
    match M.inverse m with
    | None -> print_endline ", singular"
    | Some inverse -> Printf.printf ", inverse %s, %b\n" (M.show inverse) (M.mul m inverse = M.identity (List.length rows))
end

let () =
  let module Q = Test (Rational) in
  let module F7 = Modulo (struct let p = 7 end) in
  let module Z7 = Test (F7) in
  List.iter (fun rows -> Q.run rows; Z7.run rows) [ [ [ 2; 1 ]; [ 1; 3 ] ]; [ [ 0; 2; 1 ]; [ 1; 1; 0 ]; [ 3; 0; 1 ] ]; [ [ 1; 2 ]; [ 2; 4 ] ]; [ [ 3; 1 ]; [ 2; 3 ] ] ]

(* stdout {expected|
det 5, inverse 3/5 -1/5; -1/5 2/5, true
det 5, inverse 2 4; 4 6, true
det -5, inverse -1/5 2/5 1/5; 1/5 3/5 -1/5; 3/5 -6/5 2/5, true
det 2, inverse 4 6 3; 3 2 4; 2 3 6, true
det 0, singular
det 0, singular
det 7, inverse 3/7 -1/7; -2/7 3/7, true
det 0, singular
|expected} *)
