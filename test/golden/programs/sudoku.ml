let puzzle =
  [| "53..7...."; "6..195..."; ".98....6."; "8...6...3"; "4..8.3..1"; "7...2...6"; ".6....28."; "...419..5"; "....8..79" |]

let grid = Array.map (fun row -> Array.init 9 (fun c -> match row.[c] with '.' -> 0 | d -> Char.code d - 48)) puzzle
let rows = Array.make 9 0 and columns = Array.make 9 0 and boxes = Array.make 9 0
let steps = ref 0

let flip r c d =
  let bit = 1 lsl d and b = (r / 3 * 3) + (c / 3) in
  rows.(r) <- rows.(r) lxor bit;
  columns.(c) <- columns.(c) lxor bit;
  boxes.(b) <- boxes.(b) lxor bit

let free r c d = (rows.(r) lor columns.(c) lor boxes.((r / 3 * 3) + (c / 3))) land (1 lsl d) = 0

let rec solve pos =
  incr steps;
  if pos = 81 then true
  else
    let r = pos / 9 and c = pos mod 9 in
    if grid.(r).(c) <> 0 then solve (pos + 1) else attempt r c pos 1

and attempt r c pos d =
  d <= 9
  && ((free r c d
      && begin
           grid.(r).(c) <- d;
           flip r c d;
           solve (pos + 1)
           || begin
                grid.(r).(c) <- 0;
                flip r c d;
                false
              end
         end)
     || attempt r c pos (d + 1))

let () =
  Array.iteri (fun r row -> Array.iteri (fun c d -> if d <> 0 then flip r c d) row) grid;
  if solve 0 then Array.iter (fun row -> Array.iter print_int row; print_newline ()) grid;
  Printf.printf "%d steps\n" !steps

(* stdout {expected|
534678912
672195348
198342567
859761423
426853791
713924856
961537284
287419635
345286179
6428 steps
|expected} *)
