type 'a nested = Flat of 'a list | Nest of 'a list nested

let rec depth : 'a. 'a nested -> int = function Flat _ -> 0 | Nest n -> 1 + depth n

type 'a perfect = Zero of 'a | Succ of ('a * 'a) perfect

let rec size : 'a. 'a perfect -> int = function Zero _ -> 1 | Succ p -> 2 * size p
let rec sum : 'a. ('a -> int) -> 'a perfect -> int = fun f -> function Zero x -> f x | Succ p -> sum (fun (a, b) -> f a + f b) p

type 'a seq = Nil | Zero_ of ('a * 'a) seq | One of 'a * ('a * 'a) seq

let rec cons : 'a. 'a -> 'a seq -> 'a seq = fun x -> function Nil -> One (x, Nil) | Zero_ s -> One (x, s) | One (y, s) -> Zero_ (cons (x, y) s)
let rec nth : 'a. int -> 'a seq -> 'a = fun i -> function
  | Nil -> raise Not_found
  | One (x, s) -> if i = 0 then x else nth (i - 1) (Zero_ s)
  | Zero_ s -> let a, b = nth (i / 2) s in if i mod 2 = 0 then a else b

type poly = { apply : 'a. 'a -> 'a }

let both p (a, b) = (p.apply a, p.apply b)

let () =
  Printf.printf "%d\n" (depth (Nest (Nest (Flat [ [ [ 1 ] ] ]))));
  let p = Succ (Succ (Zero ((1, 2), (3, 4)))) in
  Printf.printf "%d %d\n" (size p) (sum Fun.id p);
  let s = List.fold_left (fun s x -> cons x s) Nil (List.init 100 (fun i -> 99 - i)) in
  Printf.printf "%d %d %d\n" (nth 0 s) (nth 57 s) (nth 99 s);
  let a, b = both { apply = (fun x -> x) } (1, "one") in
  Printf.printf "%d %s\n" a b

(* stdout {expected|
2
4 10
0 57 99
1 one
|expected} *)
