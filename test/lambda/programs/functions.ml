let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
(* evaluation order *)
let tell s x = p s; x
let f a b c = a + b * c
let () = pi (f (tell "a" 1) (tell "b" 2) (tell "c" 3)); nl ()
let () = let (x, y) = (tell "l" 1, tell "r" 2) in pi (x - y); nl ()
let () = let x = tell "x" 1 and y = tell "y" 2 in pi (x - y); nl ()
(* currying, partial and over-application *)
let add x y = x + y
let inc = add 1
let compose f g x = f (g x)
let () = pi (inc 41); pi (compose inc inc 1); pi (List.fold_left add 0 [1; 2; 3]); nl ()
let curried = fun x -> p "outer"; fun y -> p "inner"; x + y
let () = let g = curried 1 in pi (g 2); pi (g 3); pi (curried 10 20); nl ()
let apply3 f = f 1 2 3
let () = pi (apply3 (fun a b c -> a * 100 + b * 10 + c)); pi (apply3 (fun a -> fun b c -> a + b + c)); nl ()
let id x = x
let () = pi (id id id 5); pi ((id add) 1 2); nl ()
(* labels and optional arguments *)
let lab ~a ~b c = a * 100 + b * 10 + c
let () = pi (lab ~a:1 ~b:2 3); pi (lab ~b:2 ~a:1 3); pi (lab 3 ~a:(tell "a" 1) ~b:(tell "b" 2)); nl ()
let part = lab ~b:(tell "now" 7)
let () = pi (part ~a:1 2); pi (part ~a:3 4); nl ()
let opt ?(x = tell "dflt" 10) ?y z = x + z + (match y with None -> 0 | Some y -> y)
let () = pi (opt 1); pi (opt ~x:2 1); pi (opt ~y:100 1); pi (opt ?x:None ?y:(Some 5) 1); pi (opt ?x:(Some 3) 1); nl ()
let opt2 ?(a = 1) ?(b = a + 1) () = a * 10 + b
let () = pi (opt2 ()); pi (opt2 ~a:5 ()); pi (opt2 ~b:7 ()); pi (opt2 ~b:7 ~a:2 ()); nl ()
let hof (g : ?k:int -> int -> int) = g 1 + g ~k:2 1
let () = pi (hof (fun ?(k = 5) x -> x + k)); nl ()
(* patterns in parameters *)
let fst3 (a, _, _) = a and sum (a, b) (c, d) = a + b + c + d
let () = pi (fst3 (1, 2, 3)); pi (sum (1, 2) (3, 4)); nl ()
let rec even n = if n = 0 then true else odd (n - 1) and odd n = if n = 0 then false else even (n - 1)
let () = p (string_of_bool (even 10)); p (string_of_bool (odd 7)); nl ()
(* primitives as values *)
let () = pi (List.fold_left ( + ) 0 [1; 2; 3]); pi (List.fold_left max 0 [1; 5; 3]); nl ()
let () = List.iter print_int (List.map succ [1; 2; 3]); nl ()
let g = ( - ) 10
let () = pi (g 3); pi (5 |> g); pi (g @@ 2); pi ([1; 2] |> List.map g |> List.fold_left ( + ) 0); nl ()
let cmp = compare
let () = pi (cmp 1 2); pi (cmp "b" "a"); pi (cmp 1.5 1.5); pi (cmp [1; 2] [1; 3]); nl ()
let () = ignore (tell "ignored" 3); pi (if true && tell "t" false || tell "f" true then 1 else 2); nl ()
let rec loop i acc = if i = 0 then acc else loop (i - 1) (acc + i)
let () = pi (loop 1000 0); nl ()
let partial_failure (x, 0) = x [@@ocaml.warning "-a"]
let () = (try pi (partial_failure (1, 2)) with Match_failure (f, l, c) -> p "match"; pi l; pi c); nl ()
let two = function 0 -> (fun y -> y) | n -> fun y -> n * y
let () = pi (two 0 5); pi (two 3 5); nl ()
let () = p __MODULE__; pi __LINE__; p (let (_, l, c, e) = __POS__ in pi l; pi c; pi e; ""); nl ()
