let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
let pf x = print_float x; print_string " "
let () = for i = 1 to 3 do pi i done; for i = 3 downto 1 do pi i done; for i = 1 to 0 do pi i done; nl ()
let () = let i = ref 0 in while !i < 3 do pi !i; incr i done; decr i; pi !i; nl ()
let () = let r = ref 0.0 in for i = 1 to 100 do r := !r +. float i /. 2. done; pf !r; nl ()
let () = let fs = ref [] in for i = 1 to 3 do fs := (fun () -> i) :: !fs done; List.iter (fun f -> pi (f ())) !fs; nl ()
let counter () = let n = ref 0 in fun () -> incr n; !n
let () = let c = counter () in pi (c ()); pi (c ()); let d = counter () in pi (d ()); pi (c ()); nl ()
let swap a b = let t = !a in a := !b; b := t
let () = let a = ref 1 and b = ref 2 in swap a b; pi !a; pi !b; nl ()
let () = let r = ref 5 in let old = !r in r := 7; pi old; pi !r; pi (!r + (r := 1; 10)); pi ((r := 3; 100) + !r); nl ()
let () = let r = ref [] in for i = 0 to 4 do if i mod 2 = 0 then r := i :: !r done; List.iter pi !r; nl ()
let () = let r = ref None in (match !r with None -> r := Some 3 | Some _ -> ()); (match !r with Some x -> pi x | None -> p "none"); nl ()
let g x = if x > 0 then (if x > 10 then "big" else "small") else if x = 0 then "zero" else "neg"
let () = List.iter (fun x -> p (g x)) [20; 5; 0; -1]; nl ()
let () = if false then p "never"; (if true then p "always"); begin p "b"; p "c" end; nl ()
let rec ack m n = if m = 0 then n + 1 else if n = 0 then ack (m - 1) 1 else ack (m - 1) (ack m (n - 1))
let () = pi (ack 2 3); nl ()
let rec l1 = 1 :: 2 :: l1
let () = (match l1 with a :: b :: c :: _ -> pi (a + b + c) | _ -> ()); nl ()
type node = { v : int; mutable next : node option; self : unit -> node }
let rec n1 = { v = 1; next = Some n2; self = (fun () -> n1) } and n2 = { v = 2; next = None; self = (fun () -> n2) }
let () = pi ((n1.self ()).v); (match n1.next with Some n -> pi n.v | None -> ()); nl ()
let rec f = let k = 10 in fun x -> if x = 0 then k else f (x - 1)
let () = pi (f 3); nl ()
let rec z = lazy (if true then 5 else Lazy.force z)
let () = pi (Lazy.force z); nl ()
let rec x = 5 and h y = if y = 0 then 0 else 1 + h (y - 1)
let () = pi (h x); nl ()
let ( let* ) o f = match o with None -> None | Some x -> f x
let ( and* ) a b = match a, b with Some a, Some b -> Some (a, b) | _ -> None
let ( let+ ) o f = match o with None -> None | Some x -> Some (f x)
let () = (match (let* x = Some 1 in let* y = Some 2 and* z = Some 3 in let+ w = Some 4 in x + y + z + w) with Some n -> pi n | None -> p "none"); nl ()
let () = (match (let* x = Some 1 in let* _ = None in Some x) with Some n -> pi n | None -> p "none"); nl ()
let sieve n =
  let a = Array.make (n + 1) true in
  let i = ref 2 in
  while !i * !i <= n do
    (if a.(!i) then let j = ref (!i * !i) in while !j <= n do a.(!j) <- false; j := !j + !i done);
    incr i
  done;
  let c = ref 0 in for k = 2 to n do if a.(k) then incr c done; !c
let () = pi (sieve 1000); nl ()
let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
let () = pi (fib 15); nl ()
let eval_a i j = 1. /. float ((i + j) * (i + j + 1) / 2 + i + 1)
let mul n v = Array.init n (fun i -> let s = ref 0. in for j = 0 to n - 1 do s := !s +. eval_a i j *. v.(j) done; !s)
let () = pf (Array.fold_left ( +. ) 0. (mul 10 (Array.make 10 1.))); nl ()
type c = { re : float; im : float }
let cmul a b = { re = a.re *. b.re -. a.im *. b.im; im = a.re *. b.im +. a.im *. b.re }
let cadd a b = { re = a.re +. b.re; im = a.im +. b.im }
let norm2 a = a.re *. a.re +. a.im *. a.im
let mandel cr ci = let c = { re = cr; im = ci } in let rec go z n = if n > 50 || norm2 z > 4. then n else go (cadd (cmul z z) c) (n + 1) in go { re = 0.; im = 0. } 0
let () = pi (mandel 0.1 0.2); pi (mandel 1. 1.); pi (mandel (-1.5) 0.); nl ()
let div_mod a b = (a / b, a mod b)
let () = let q, r = div_mod 17 5 in pi q; pi r; nl ()
let () = let s = ref 0 in List.iter (fun x -> s := !s + x) [1; 2; 3]; pi !s; nl ()
let () = let q = Array.make 3 0 in Array.iter (fun x -> q.(x) <- q.(x) + 1) [| 0; 1; 1; 2; 2; 2 |]; Array.iter pi q; nl ()
let () = let t = ref (1, 2.5) in t := (fst !t + 1, snd !t *. 2.); pi (fst !t); pf (snd !t); nl ()
let shadow x = let x = x + 1 in let x = x * 2 in (fun x -> x - 1) x
let () = pi (shadow 3); nl ()
