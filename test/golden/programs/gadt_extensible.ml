type _ eff = ..
type _ eff += Yield : int -> unit eff | Get : string eff
type _ eff += Rec : { a : 'b; f : 'b -> int } -> int eff
let handle : type a. a eff -> a = function
  | Yield n -> Printf.printf "yield %d\n" n
  | Get -> "got"
  | Rec { a; f } -> f a
  | _ -> failwith "unknown"
let () = handle (Yield 3); print_endline (handle Get); print_int (handle (Rec { a = "abc"; f = String.length }))
exception E : 'a * ('a -> string) -> exn
let () = try raise (E (3, string_of_int)) with E (x, f) -> print_endline (f x)
let () = match handle (Yield 1) with () -> () | exception E (x, f) -> print_endline (f x)
type t = C : 'a * ('a -> int) -> t
let g (C (type a) ((x, f) : a * (a -> int))) = f (x : a)
let () = print_int (g (C (3, succ)))
type 'a show = { show : 'a -> string }
type any = Any : { v : 'a; s : 'a show } -> any
let p (Any { v; s }) = s.show v
let p2 (Any r) = r.s.show r.v
let () = print_endline (p (Any { v = 3; s = { show = string_of_int } }));print_endline (p2 (Any { v = 3; s = { show = string_of_int } }))

(* stdout {expected|
yield 3
got
33
yield 1
43
3
|expected} *)
