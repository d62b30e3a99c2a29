(* Ten million iterations through every kind of tail call. *)
let rec loop n acc = if n = 0 then acc else loop (n - 1) (acc + n)
let rec even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)
let rec via_match n = match n with 0 -> "done" | n when n mod 2 = 0 -> via_match (n - 1) | _ -> via_match (n - 1)
let rec cps n k = if n = 0 then k 0 else cps (n - 1) (fun v -> k (v + 1))
let apply f x = f x
let rec unknown n = if n = 0 then "unknown done" else apply unknown (n - 1)
let rec many a b c d e f g h i n = if n = 0 then a + b + c + d + e + f + g + h + i else many b c d e f g h i a (n - 1)

type instruction = Inc | Dec | Jump_if of int | Halt

let run program fuel =
  let rec step pc acc fuel =
    match program.(pc) with
    | Inc -> step (pc + 1) (acc + 1) fuel
    | Dec -> step (pc + 1) (acc - 1) (fuel - 1)
    | Jump_if target -> if fuel > 0 then step target acc fuel else step (pc + 1) acc fuel
    | Halt -> acc
  in
  step 0 0 fuel

let () =
  Printf.printf "%d\n" (loop 10_000_000 0);
  Printf.printf "%b\n" (even 10_000_000);
  print_endline (via_match 10_000_000);
  Printf.printf "%d\n" (cps 1_000_000 (fun v -> v));
  print_endline (unknown 10_000_000);
  Printf.printf "%d\n" (many 1 2 3 4 5 6 7 8 9 10_000_000);
  Printf.printf "%d\n" (run [| Inc; Inc; Dec; Jump_if 0; Halt |] 1_000_000)

(* stdout {expected|
50000005000000
true
done
1000000
unknown done
45
1000000
|expected} *)
