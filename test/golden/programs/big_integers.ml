(* Natural numbers in base 10000, least significant digit first. *)
let base = 10_000
let rec of_int n = if n = 0 then [] else (n mod base) :: of_int (n / base)

let rec add ?(carry = 0) a b =
  match a, b with
  | [], [] -> if carry = 0 then [] else [ carry ]
  | [], d :: b | d :: b, [] -> let s = d + carry in (s mod base) :: add ~carry:(s / base) [] b
  | x :: a, y :: b -> let s = x + y + carry in (s mod base) :: add ~carry:(s / base) a b

let scale k n =
  let rec go carry = function [] -> of_int carry | d :: rest -> let p = (d * k) + carry in (p mod base) :: go (p / base) rest in
  if k = 0 then [] else go 0 n

let rec mul a = function [] -> [] | d :: rest -> add (scale d a) (0 :: mul a rest)

let to_string n =
  match List.rev n with [] -> "0" | d :: rest -> String.concat "" (string_of_int d :: List.map (Printf.sprintf "%04d") rest)

let of_string s =
  let rec go stop acc = if stop <= 0 then List.rev acc else let start = max 0 (stop - 4) in go start (int_of_string (String.sub s start (stop - start)) :: acc) in
  go (String.length s) []

let rec power b e = if e = 0 then [ 1 ] else let h = power b (e / 2) in let h2 = mul h h in if e mod 2 = 0 then h2 else mul h2 b
let rec factorial n = if n = 0 then [ 1 ] else scale n (factorial (n - 1))
let fib n = let rec go a b n = if n = 0 then a else go b (add a b) (n - 1) in go [] [ 1 ] n

let () =
  print_endline (to_string (power [ 2 ] 200));
  print_endline (to_string (factorial 50));
  print_endline (to_string (fib 300));
  print_endline (to_string (mul (of_string "123456789012345678901234567890") (of_string "987654321098765432109876543210")));
  let digits = to_string (factorial 300) in
  Printf.printf "%d %d\n" (String.length digits) (String.fold_left (fun s c -> s + Char.code c - 48) 0 digits)

(* stdout {expected|
1606938044258990275541962092341162602522202993782792835301376
30414093201713378043612608166064768844377641568960512000000000000
222232244629420445529739893461909967206666939096499764990979600
121932631137021795226185032733622923332237463801111263526900
615 2466
|expected} *)
