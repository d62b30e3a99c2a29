(* [M.(t)] in types. *)

module M = struct
  type t = A | B of int
  type 'a pair = 'a * 'a
  module N = struct type u = { x : int; y : t } module type S = sig val x : t end end
end

type one = M.(t)
type several = M.(t pair * N.u) list
type row = M.[ `T of t | `U of N.u ]

let f (x : M.(t pair)) : M.N.(u) = match x with a, _ -> { M.N.x = 1; y = a }
let g : type a. a -> M.(a pair -> t) = fun _ _ -> M.A
let h (m : M.N.((module S))) = let module X = (val m) in X.x

external id : M.(t) -> M.(t) = "%identity"

class c = object method m : M.(t pair) = (M.A, M.B 1) end

let () =
  let show : M.(t) -> string = function M.A -> "A" | M.B n -> "B " ^ string_of_int n in
  print_endline (show (f (M.B 3, M.A)).y);
  print_endline (show (g 1 (2, 3)));
  print_endline (show (h (module struct let x = M.B 7 end)));
  print_endline (show (id (snd (new c)#m)));
  let l : several = [ (M.A, M.B 2), { x = 5; y = A } ] in
  List.iter (fun ((_, b), (u : M.N.u)) -> print_endline (show b ^ string_of_int u.x)) l;
  let r : row = `T M.A and o : one = M.B 4 in
  print_endline ((match r with `T t -> show t | `U _ -> "U") ^ show o)
