let ( +! ) a b = (a * 10) + b
let ( |>> ) x f = f (f x)
let ( ** ) a b = int_of_float (float a ** float b)
let ( <=> ) a b = compare a b
let ( !! ) f = f ()
let ( ~% ) n = -n
let ( let* ) o f = match o with None -> None | Some x -> f x
let ( and* ) a b = match a, b with Some a, Some b -> Some (a, b) | _ -> None
let ( let+ ) o f = match o with None -> None | Some x -> Some (f x)
let ( .%() ) s i = s.[i mod String.length s]

let () =
  Printf.printf "%d %d\n" (1 +! 2 +! 3) (5 |>> fun x -> x * x);
  Printf.printf "%d %d %d\n" (2 ** 3 ** 2) (1 <=> 2) (~%5);
  Printf.printf "%s\n" (!!(fun () -> "called"));
  Printf.printf "%d\n" (( + ) 1 (( * ) 2 3));
  let show = function None -> "none" | Some n -> string_of_int n in
  let div a b = if b = 0 then None else Some (a / b) in
  print_endline (show (let* x = div 10 2 in let* y = div x 0 in Some (x + y)));
  print_endline (show (let* x = div 10 2 and* y = div 9 3 in let+ z = Some 1 in x + y + z));
  Printf.printf "%c\n" "abc".%(7);
  let module Op = struct let ( + ) = ( ^ ) let ( ! ) = String.length end in
  Printf.printf "%d\n" Op.(!("ab" + "cde"));
  Printf.printf "%b %b\n" (not true || true && false) (1 < 2 && 2 < 3);
  Printf.printf "%d %d\n" (-3 + 4) (- 3 * - 2);
  Printf.printf "%d\n" @@ succ @@ List.length @@ [ 1; 2 ];
  [ 3; 1; 2 ] |> List.sort compare |> List.map string_of_int |> String.concat "<" |> print_endline

(* stdout {expected|
123 625
512 -1 -5
called
7
none
9
b
5
false true
1 6
3
1<2<3
|expected} *)
