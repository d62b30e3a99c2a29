(* How expressions group: operators by their first characters, prefixes, application, sequences, keywords. *)

(* Operators of our own that show the grouping. *)
let op name a b = Printf.sprintf "(%s%s%s)" a name b
let ( +! ) = op "+!"
let ( -| ) = op "-|"
let ( *! ) = op "*!"
let ( **! ) = op "**!"
let ( @! ) = op "@!"
let ( ^! ) = op "^!"
let ( =! ) = op "=!"
let ( <! ) = op "<!"
let ( |! ) = op "|!"
let ( &! ) = op "&!"
let ( $ ) = op "$"
let ( %% ) = op "%%"
let ( >>> ) = op ">>>"
let ( !! ) a = "!!" ^ a
let ( ~% ) a = "~%" ^ a
let ( ?! ) a = "?!" ^ a
let f a = "f(" ^ a ^ ")"
let a, b, c, d = ("a", "b", "c", "d")

let () =
  List.iter print_endline
    [ a +! b *! c; a *! b +! c -| d; a **! b **! c; a *! b **! c; a @! b @! c; a ^! b +! c; a +! b =! c +! d; a =! b <! c; a |! b &! c;
      a $ b $ c; a %% b *! c; a @! b =! c; f a +! f b; !!a +! ~%b; f !!a; f ?!a *! b; a >>> b >>> c; a +! b @! c *! d ]

type r = { mutable n : int; arr : int array; g : int -> int }

let () =
  let r = { n = 3; arr = [| 10; 20; 30 |]; g = (fun x -> x + 1) } in
  Printf.printf "%d %d %d\n" (-r.n + 1) (r.g r.n * 2) (r.arr.(r.n - 1) - 1);
  Printf.printf "%d %d\n" (- 2 * 3) (abs (-4) - -1);
  Printf.printf "%b %b\n" (not true || true) (not (true && false));
  Printf.printf "%b %b\n" (1 = 1 && 2 <> 3 || false) (1 + 1 = 2 && 3 > 2);
  Printf.printf "%d %d %d\n" (7 - 2 - 1) (2 lsl 1 lsl 1) (100 / 10 / 5 * 2);
  Printf.printf "%s\n" (String.concat "," (List.map string_of_int (1 :: 2 :: [] @ [ 3 ])));
  (* if binds tighter than a semicolon; let and match reach as far as they can. *)
  if false then print_string "no "; print_string "always ";
  if true then (); print_endline "done";
  let x = if r.n > 2 then 1 else 2 in
  let y = match x with 1 -> "one" | _ -> "more"; in
  print_endline y;
  r.n <- if x = 1 then 5 else 6;
  let t = x, 2, if true then 3 else 4 in
  let p, q, s = t in
  Printf.printf "%d %d %d %d\n" r.n p q s;
  let fn = function 0 -> "zero" | n when n < 0 -> "negative" | _ -> "positive" in
  print_endline (fn 0 ^ fn (-1) ^ fn 1);
  begin match 5 with n when n > 3 -> print_string "big " | _ -> print_string "small " end;
  print_endline (try if r.n > 0 then raise Exit else "a" with Exit -> "exit");
  let z = ref 0 in
  for i = 1 to 3 do z := !z + i; z := !z * 2 done;
  while !z > 10 do z := !z / 2 done;
  Printf.printf "%d\n" !z;
  let g = fun x -> fun y -> x, y in
  let u, v = g 1 2 in
  Printf.printf "%d\n" (u - v);
  Printf.printf "%b\n" (let x = 1 in x = 1 && let y = 2 in y = 2);
  assert (x = 1); Printf.printf "%d\n" @@ succ @@ x + 1;
  x |> string_of_int |> print_endline

(* stdout {expected|
(a+!(b*!c))
(((a*!b)+!c)-|d)
(a**!(b**!c))
(a*!(b**!c))
(a@!(b@!c))
(a^!(b+!c))
((a+!b)=!(c+!d))
((a=!b)<!c)
((a|!b)&!c)
((a$b)$c)
((a%%b)*!c)
((a@!b)=!c)
(f(a)+!f(b))
(!!a+!~%b)
f(!!a)
(f(?!a)*!b)
((a>>>b)>>>c)
((a+!b)@!(c*!d))
-2 8 29
-6 5
true true
true true
4 8 4
1,2,3
always done
one
5 1 2 3
zeronegativepositive
big exit
5
-1
true
3
1
|expected} *)
