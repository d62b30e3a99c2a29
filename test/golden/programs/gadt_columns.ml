(* Columns of a match whose rows have patterns of different types: which one the value has is known from the rows' other
   columns. *)

module Constants_and_literals = struct
  type c = A | B | C
  type _ repr = R1 : c repr | R2 : string repr | R3 : int repr

  let f (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | R1, _, A -> "A"
    | _, R2, "0" -> "string 0"
    | _, R3, 0 -> "int 0"
    | R1, R1, B -> "B"
    | _, _, _ -> "other"

  let g (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | _, R2, "coucou" -> "coucou"
    | R1, _, A -> "A"
    | R3, _, 1 -> "1"
    | _, R1, C -> "C"
    | R2, _, s -> s
    | _, _, _ -> "other"

  let () =
    List.iter print_endline
      [ f R1 R1 A; f R1 R1 B; f R1 R1 C; f R2 R2 "0"; f R2 R2 "1"; f R3 R3 0; f R3 R3 1;
        g R1 R1 A; g R1 R1 B; g R1 R1 C; g R2 R2 "coucou"; g R2 R2 "1"; g R3 R3 0; g R3 R3 1 ]
end

module Same_shape = struct
  type one = A of int * string | B of int
  type two = X of float | Y of { mutable y : int }
  type three = P | Q of string
  type _ repr = One : one repr | Two : two repr | Three : three repr

  let f (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | One, _, A (1, s) -> s
    | _, Two, X x -> string_of_float x
    | _, One, B n when n > 5 -> string_of_int n
    | Two, _, Y r -> r.y <- r.y + 1; string_of_int r.y
    | Three, Three, Q s -> s
    | One, One, A (n, s) -> s ^ string_of_int n
    | _, _, _ -> "other"

  let () =
    List.iter print_endline
      [ f One One (A (1, "a")); f One One (A (2, "b")); f One One (B 6); f One One (B 5);
        f Two Two (X 2.5); f Two Two (Y { y = 1 }); f Three Three (Q "q"); f Three Three P ]
end

module Products = struct
  type r = { x : int; y : string }
  type fl = { u : float; v : float }
  type _ lone = Lone : int * string * int -> r lone
  type _ repr =
    | R : r repr
    | F : fl repr
    | T : (int * string) repr
    | V : (int * string * float) repr
    | L : r lone repr
    | Z : int lazy_t repr

  let f (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | R, _, { x = 1; y } -> "record " ^ y
    | _, F, { u = 1.; v } -> "floats " ^ string_of_float v
    | T, _, (1, s) -> "pair " ^ s
    | _, V, (n, "three", f) -> "triple " ^ string_of_float (f +. float_of_int n)
    | L, _, Lone (3, s, n) -> "lone " ^ s ^ string_of_int n
    | Z, _, (lazy n) when n > 2 -> "lazy " ^ string_of_int n
    | _, R, { x; _ } -> "record " ^ string_of_int x
    | _, T, (n, _) -> "pair " ^ string_of_int n
    | _, _, _ -> "other"

  let () =
    List.iter print_endline
      [ f R R { x = 1; y = "y" }; f R R { x = 2; y = "y" }; f F F { u = 1.; v = 2. }; f F F { u = 2.; v = 2. };
        f T T (1, "s"); f T T (2, "s"); f V V (1, "three", 0.5); f V V (1, "four", 0.5);
        f L L (Lone (3, "s", 7)); f L L (Lone (4, "s", 7)); f Z Z (lazy (1 + 2)); f Z Z (lazy 2) ]
end

module Arrays_and_tags = struct
  type ab = [ `A | `B ]
  type cd = [ `C | `D of int ]
  type _ repr = AB : ab repr | CD : cd repr | F : float array repr | I : int array repr

  let f (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | AB, _, `A -> "A"
    | _, CD, `C -> "C"
    | F, _, [| x |] -> string_of_float x
    | _, I, [| n |] -> string_of_int n
    | _, F, [| x; y |] -> string_of_float (x +. y)
    | I, _, [| n; m |] -> string_of_int (n + m)
    | AB, _, `B -> "B"
    | CD, _, `D n -> string_of_int n
    | _ -> "other"

  let () =
    List.iter print_endline
      [ f AB AB `A; f AB AB `B; f CD CD `C; f CD CD (`D 5); f F F [| 1.5 |]; f I I [| 1 |];
        f F F [| 1.5; 2.5 |]; f I I [| 1; 2 |]; f I I [||] ]
end

module Renamed = struct
  type ab = A | B

  module M : sig
    type mab = A | B
    type _ t = AB : ab t | MAB : mab t
    val ab : ab t
    val mab : ab t
  end = struct
    type mab = ab = A | B
    type _ t = AB : ab t | MAB : mab t
    let ab = AB
    let mab = MAB
  end

  open M

  let f (type x) (t1 : x t) (t2 : x t) (x : x) =
    match t1, t2, x with
    | AB, AB, A -> 1
    | MAB, _, A -> 2
    | _, AB, B -> 3
    | _, MAB, B -> 4
    | _ -> 5

  let () =
    List.iter
      (fun (t1, t2, x) -> print_int (f t1 t2 x))
      [ ab, ab, A; ab, ab, B; mab, ab, A; mab, ab, B; ab, mab, A; ab, mab, B; mab, mab, A; mab, mab, B ];
    print_newline ()
end

module Guards = struct
  type c = K of string | L
  type _ repr = F : float repr | S : string repr | I : int repr | N : int64 repr | C : c repr | T : (int * c) repr

  let f (type a) (r1 : a repr) (r2 : a repr) (a : a) =
    match r1, r2, a with
    | F, _, x when x > 1. -> string_of_float x
    | _, S, "s" -> "s"
    | I, _, n when n > 1 -> string_of_int n
    | _, C, K s when s <> "" -> s
    | _, N, n when n > 1L -> Int64.to_string n
    | _, S, s when s > "t" -> s
    | _, I, 0 -> "zero"
    | _, T, (n, K s) when n > 1 -> s
    | _, F, 0. -> "0."
    | N, _, 0L -> "0L"
    | _, C, L -> "L"
    | _ -> "other"

  let () =
    List.iter print_endline
      [ f F F 2.; f F F 0.; f F F 1.; f S S "s"; f S S "u"; f S S "t"; f I I 2; f I I 0; f I I 1; f C C L;
        f C C (K "k"); f C C (K ""); f N N 2L; f N N 0L; f N N 1L; f T T (2, K "tk"); f T T (2, L) ]
end

(* stdout {expected|
A
B
other
string 0
other
int 0
other
A
other
C
coucou
1
other
1
a
b2
6
other
2.5
2
q
other
record y
record 2
floats 2.
other
pair s
pair 2
triple 1.5
other
lone s7
other
lazy 3
other
A
B
C
5
1.5
1
4.
3
other
13235424
2.
0.
other
s
u
other
2
zero
other
L
k
other
2
0L
other
tk
other
|expected} *)
