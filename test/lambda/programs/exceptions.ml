let nl () = print_newline ()
let p s = print_string s; print_string " "
let pi n = print_int n; print_string " "
exception A
exception B of int
exception C of int * string
exception D of { code : int; msg : string }
exception A' = A
exception B' = B
let show = function A -> "A" | B 0 -> "B0" | B _ -> "B" | C (_, s) -> s | D { msg; _ } -> msg | Not_found -> "NF" | Failure s -> "F" ^ s
  | Invalid_argument s -> s | Exit -> "Exit" | _ -> "?"
let () = List.iter (fun e -> p (show e)) [A; B 0; B 1; C (1, "c"); D { code = 1; msg = "d" }; Not_found; Failure "x"; Invalid_argument "i"; Exit; A'; B' 0; End_of_file]; nl ()
let rebind = function B 1 -> "one" | B' n -> "B'" | _ -> "?"
let () = p (rebind (B 1)); p (rebind (B 2)); p (rebind A); nl ()
let test f = try f () with A -> 1 | B n when n > 10 -> n | B n -> -n | D { code } -> code
let () = pi (test (fun () -> raise A)); pi (test (fun () -> raise (B 5))); pi (test (fun () -> raise (B 50))); pi (test (fun () -> raise (D { code = 7; msg = "" }))); pi (test (fun () -> 0)); nl ()
let () = (try ignore (test (fun () -> raise Not_found)) with Not_found -> p "outer"); nl ()
let nested () = try (try raise A with B _ -> p "no") with A -> p "yes"
let () = nested (); nl ()
let finally f g = match f () with x -> g (); x | exception e -> g (); raise e
let () = (try pi (finally (fun () -> 3) (fun () -> p "fin")) with _ -> ()); (try pi (finally (fun () -> raise Exit) (fun () -> p "fin")) with Exit -> p "exit"); nl ()
let m x = match (if x > 5 then raise (B x) else x) with 0 -> "zero" | n when n < 0 -> "neg" | _ -> "pos" | exception B 6 -> "six" | exception B _ -> "big"
let () = List.iter (fun x -> p (m x)) [0; -1; 3; 6; 7]; nl ()
let () = (try (match 1 with 1 -> raise A | _ -> () | exception A -> p "wrong") with A -> p "right"); nl ()
let () = (try assert (1 = 2) with Assert_failure (f, l, c) -> p "assert"; pi l; pi c); nl ()
let () = (try assert false with Assert_failure (f, l, c) -> p "false"; pi l; pi c); nl ()
let () = assert (1 = 1); nl ()
let f = function 0 -> 1 | 2 -> 3 [@@ocaml.warning "-a"]
let () = (try pi (f 1) with Match_failure (_, l, c) -> p "mf"; pi l; pi c); nl ()
let () = (try let [x] = [1; 2] in pi x with Match_failure (_, l, c) -> p "let"; pi l; pi c); nl ()
let local () = let exception L of int in try raise (L 3) with L n -> n
let () = pi (local ()); nl ()
let gen () = let exception L in (L, function L -> true | _ -> false)
let () = let (e1, t1) = gen () in let (e2, t2) = gen () in List.iter (fun b -> p (string_of_bool b)) [t1 e1; t1 e2; t2 e1; t2 e2]; nl ()
let rec depth n = if n = 0 then raise Exit else 1 + depth (n - 1)
let () = (try pi (depth 100) with Exit -> p "deep"); nl ()
let () = let r = ref 0 in (try for i = 0 to 10 do if i = 5 then raise Exit; r := !r + i done with Exit -> ()); pi !r; nl ()
let () = let x = try int_of_float 3.7 with _ -> 0 in pi x; nl ()
let reraise () = try raise (B 1) with e -> p "saw"; raise e
let () = (try reraise () with B n -> pi n); nl ()
let find p l = let rec go = function [] -> raise Not_found | x :: r -> if p x then x else go r in go l
let () = pi (find (fun x -> x > 2) [1; 2; 3; 4]); (try pi (find (fun x -> x > 9) [1]) with Not_found -> p "none"); nl ()
let () = raise (C (3, "end"))
