let sieve n =
  let composite = Bytes.make (n + 1) '\000' in
  let rec mark i step = if i <= n then begin Bytes.unsafe_set composite i '\001'; mark (i + step) step end in
  let rec go p acc = if p > n then List.rev acc else if Bytes.get composite p = '\001' then go (p + 1) acc else begin mark (p * p) p; go (p + 1) (p :: acc) end in
  go 2 []

let rec power_mod b e m = if e = 0 then 1 else let h = power_mod (b * b mod m) (e / 2) m in if e land 1 = 1 then h * b mod m else h

let is_prime n =
  n > 1
  && (n < 4
     ||
     let rec split d s = if d land 1 = 0 then split (d / 2) (s + 1) else (d, s) in
     let d, s = split (n - 1) 0 in
     List.for_all
       (fun a ->
         a mod n = 0
         ||
         let rec squares x k = x = n - 1 || (k > 1 && squares (x * x mod n) (k - 1)) in
         let x = power_mod (a mod n) d n in
         x = 1 || squares x s)
       [ 2; 3; 5; 7; 11; 13 ])

let rec factor n p = if n = 1 then [] else if p * p > n then [ n ] else if n mod p = 0 then p :: factor (n / p) p else factor n (p + 1)

let () =
  let ps = sieve 100_000 in
  Printf.printf "%d %d\n" (List.length ps) (List.nth ps 9000);
  Printf.printf "%b\n" (List.for_all is_prime ps);
  Printf.printf "%d\n" (List.length (List.filter is_prime (List.init 10_000 (fun i -> i))));
  Printf.printf "%b %b\n" (is_prime 1_000_000_007) (is_prime 10_000_000_071);
  print_endline (String.concat "*" (List.map string_of_int (factor 600851475143 2)))

(* stdout {expected|
9592 93187
true
1229
true false
71*839*1471*6857
|expected} *)
