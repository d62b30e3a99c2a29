(* Primes: sieves with bytes and bits, a wheel, Miller and Rabin, Pollard's rho, and functions of number theory. *)

let sieve n =
  let composite = Bytes.make (n + 1) '\000' in
  let primes = ref [] in
  for i = 2 to n do
    if Bytes.get composite i = '\000' then begin
      primes := i :: !primes;
      let j = ref (i * i) in
      while !j <= n do Bytes.set composite !j '\001'; j := !j + i done
    end
  done;
  List.rev !primes

(* One bit for each odd number. *)
let count_odd n =
  let bits = Array.make ((n / 2 / 62) + 1) 0 in
  let get k = bits.(k / 62) lsr (k mod 62) land 1 = 1 and set k = bits.(k / 62) <- bits.(k / 62) lor (1 lsl (k mod 62)) in
  let count = ref 1 in
  for k = 1 to (n - 1) / 2 do
    if not (get k) then begin
      incr count;
      let p = (2 * k) + 1 in
      let m = ref (p * p) in
      while !m <= n do set (!m / 2); m := !m + (2 * p) done
    end
  done;
  !count

let rec power_mod b e m = if e = 0 then 1 else let h = power_mod (b * b mod m) (e / 2) m in if e land 1 = 1 then h * b mod m else h

let is_prime n =
  n > 1
  && List.for_all (fun p -> n = p || n mod p <> 0) [ 2; 3; 5; 7; 11; 13 ]
  &&
  let rec split d r = if d land 1 = 0 then split (d / 2) (r + 1) else (d, r) in
  let d, r = split (n - 1) 0 in
  let rec witness x k = if x = n - 1 then false else k = 0 || witness (x * x mod n) (k - 1) in
  List.for_all (fun a -> n <= a || let x = power_mod a d n in x = 1 || not (witness x (r - 1))) [ 2; 3; 5; 7; 11; 13 ]

let rec gcd a b = if b = 0 then a else gcd b (a mod b)

let rec factor n =
  if n = 1 then []
  else if is_prime n then [ n ]
  else if n mod 2 = 0 then 2 :: factor (n / 2)
  else
    let rec rho c =
      let f x = ((x * x) + c) mod n in
      let rec go x y = let x = f x and y = f (f y) in match gcd (abs (x - y)) n with 1 -> go x y | d when d = n -> rho (c + 1) | d -> d in
      go 2 2
    in
    let d = rho 1 in
    List.sort compare (factor d @ factor (n / d))

let rec grouped = function
  | [] -> []
  | p :: rest -> ( match grouped rest with (q, k) :: l when q = p -> (p, k + 1) :: l | l -> (p, 1) :: l)

let rec power b e = if e = 0 then 1 else b * power b (e - 1)
let totient n = List.fold_left (fun t (p, k) -> t * (p - 1) * power p (k - 1)) 1 (grouped (factor n))
let divisors n = List.fold_left (fun ds (p, k) -> List.concat_map (fun d -> List.init (k + 1) (fun i -> d * power p i)) ds) [ 1 ] (grouped (factor n)) |> List.sort compare
let rec extended a b = if b = 0 then (a, 1, 0) else let g, x, y = extended b (a mod b) in (g, y, x - (a / b * y))
let inverse a m = match extended a m with 1, x, _ -> Some (((x mod m) + m) mod m) | _ -> None

let chinese congruences =
  let combine (r, m) (s, n) =
    let k = Option.get (inverse m n) * (s - r) mod n in
    let x = r + (m * k) in
    (((x mod (m * n)) + (m * n)) mod (m * n), m * n)
  in
  List.fold_left combine (0, 1) congruences

let () =
  let show l = String.concat " " (List.map string_of_int l) in
  print_endline (show (sieve 60));
  Printf.printf "%d %d\n" (List.length (sieve 10000)) (count_odd 10000);
  print_endline (show (List.filter is_prime (List.init 60 Fun.id)));
  Printf.printf "%b %b %b\n" (is_prime 1_000_000_007) (is_prime 1_000_000_011) (is_prime 561);
  List.iter (fun n -> Printf.printf "%d = %s\n" n (String.concat " * " (List.map (fun (p, k) -> if k = 1 then string_of_int p else Printf.sprintf "%d^%d" p k) (grouped (factor n))))) [ 360; 1001; 65537; 1_000_001; 999_999_000 ];
  print_endline (show (divisors 84));
  print_endline (show (List.map totient [ 1; 7; 12; 100; 9973 ]));
  Printf.printf "%s %b\n" (show (List.filter_map (fun a -> inverse a 7) [ 1; 2; 3; 4; 5; 6 ])) (inverse 6 9 = None);
  let r, m = chinese [ (2, 3); (3, 5); (2, 7) ] in
  Printf.printf "%d mod %d\n" r m

(* stdout {expected|
2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59
1229 1229
2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59
true false false
360 = 2^3 * 3^2 * 5
1001 = 7 * 11 * 13
65537 = 65537
1000001 = 101 * 9901
999999000 = 2^3 * 3^3 * 5^3 * 7 * 11 * 13 * 37
1 2 3 4 6 7 12 14 21 28 42 84
1 6 4 40 9972
1 4 5 2 3 6 true
23 mod 105
|expected} *)
