let () =
  let q = Queue.create () in
  List.iter (fun x -> Queue.add x q) [ 1; 2; 3; 4 ];
  Printf.printf "%d %d %d\n" (Queue.pop q) (Queue.peek q) (Queue.length q);
  Queue.iter (Printf.printf "%d ") q;
  Printf.printf "%d\n" (Queue.fold ( + ) 0 q);
  let q2 = Queue.copy q in
  Queue.clear q;
  Printf.printf "%b %d\n" (Queue.is_empty q) (Queue.length q2);
  (try ignore (Queue.take q) with Queue.Empty -> print_endline "queue empty");
  let s = Stack.create () in
  String.iter (fun c -> Stack.push c s) "stack";
  Printf.printf "%c %c %d\n" (Stack.pop s) (Stack.top s) (Stack.length s);
  Stack.iter print_char s;
  print_newline ();
  (try while true do ignore (Stack.pop s) done with Stack.Empty -> print_endline "stack empty");
  (* Breadth first over a grid *)
  let grid = [| "S..#...."; ".#.#.##."; ".#...#.."; ".####.#."; "......#E" |] in
  let height = Array.length grid and width = String.length grid.(0) in
  let dist = Array.make_matrix height width (-1) in
  let todo = Queue.create () in
  dist.(0).(0) <- 0;
  Queue.add (0, 0) todo;
  while not (Queue.is_empty todo) do
    let r, c = Queue.take todo in
    List.iter
      (fun (dr, dc) ->
        let r' = r + dr and c' = c + dc in
        if r' >= 0 && r' < height && c' >= 0 && c' < width && grid.(r').[c'] <> '#' && dist.(r').(c') < 0 then begin
          dist.(r').(c') <- dist.(r).(c) + 1;
          Queue.add (r', c') todo
        end)
      [ (0, 1); (1, 0); (0, -1); (-1, 0) ]
  done;
  Printf.printf "%d\n" dist.(4).(7)

(* stdout {expected|
1 1 4
2 3 4 9
true 3
queue empty
k k 5
cats
stack empty
15
|expected} *)
