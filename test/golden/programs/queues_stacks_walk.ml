(* Queue and Stack in full, with transfers, copies and iteration in their orders. *)

let queue q = String.concat " " (List.map string_of_int (List.of_seq (Queue.to_seq q)))
let stack s = String.concat " " (List.map string_of_int (List.of_seq (Stack.to_seq s)))
let option = function None -> "none" | Some n -> string_of_int n

let () =
  let q = Queue.create () in
  List.iter (fun n -> Queue.add n q) [ 1; 2; 3 ];
  Queue.push 4 q;
  Printf.printf "%s | %d %d %d %d\n" (queue q) (Queue.length q) (Queue.peek q) (Queue.top q) (Queue.take q);
  Printf.printf "%s %s %s\n" (queue q) (option (Queue.peek_opt q)) (option (Queue.take_opt q));
  let copy = Queue.copy q in
  let other = Queue.create () in
  Queue.add 100 other;
  Queue.transfer q other;
  Printf.printf "[%s] [%s] [%s] %b\n" (queue q) (queue other) (queue copy) (Queue.is_empty q);
  Queue.iter (Printf.printf "%d ") other;
  Printf.printf "%d\n" (Queue.fold (fun acc n -> (acc * 2) + n) 0 other);
  Queue.clear other;
  List.iter (fun f -> match f () with n -> Printf.printf "%d\n" n | exception Queue.Empty -> print_endline "empty")
    [ (fun () -> Queue.pop other); (fun () -> Queue.peek other); (fun () -> Queue.pop copy) ];
  Printf.printf "%s %s\n" (option (Queue.take_opt other)) (option (Queue.peek_opt other));
  Queue.transfer other copy;
  print_endline (queue copy);
  (* A queue may be used while it is emptied. *)
  let work = Queue.of_seq (List.to_seq [ 27 ]) and steps = ref 0 in
  while not (Queue.is_empty work) do
    incr steps;
    match Queue.pop work with
    | 1 -> ()
    | n -> Queue.add (if n mod 2 = 0 then n / 2 else (3 * n) + 1) work
  done;
  Printf.printf "%d steps\n" !steps

let () =
  let s = Stack.create () in
  List.iter (fun n -> Stack.push n s) [ 1; 2; 3; 4 ];
  Printf.printf "%s | %d %d %d\n" (stack s) (Stack.length s) (Stack.top s) (Stack.pop s);
  Printf.printf "%s %s\n" (option (Stack.top_opt s)) (option (Stack.pop_opt s));
  let copy = Stack.copy s in
  Stack.clear s;
  Printf.printf "%b [%s]\n" (Stack.is_empty s) (stack copy);
  Stack.iter (Printf.printf "%d ") copy;
  Printf.printf "%d\n" (Stack.fold ( - ) 0 copy);
  Stack.add_seq copy (List.to_seq [ 7; 8 ]);
  print_endline (stack copy);
  (try ignore (Stack.pop s) with Stack.Empty -> print_endline "empty");
  print_endline (option (Stack.pop_opt s));
  (* Brackets. *)
  let balanced text =
    let open_ = Stack.create () in
    let closes c = match Stack.pop_opt open_ with Some o -> (o, c) = ('(', ')') || (o, c) = ('[', ']') | None -> false in
    String.for_all (fun c -> match c with '(' | '[' -> Stack.push c open_; true | ')' | ']' -> closes c | _ -> true) text && Stack.is_empty open_
  in
  List.iter (fun t -> Printf.printf "%s %b; " t (balanced t)) [ "(a[b]c)"; "([)]"; "(("; ")"; "" ];
  print_newline ()

(* stdout {expected|
2 3 4 | 3 2 2 1
3 4 3 2
[] [100 3 4] [3 4] true
100 3 4 410
empty
empty
3
none none
4
112 steps
3 2 1 | 3 3 4
2 3
true [2 1]
2 1 -3
8 7 2 1
empty
none
(a[b]c) true; ([)] false; (( false; ) false;  true; 
|expected} *)
