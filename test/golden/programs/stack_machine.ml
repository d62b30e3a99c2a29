type instr = Push of int | Add | Sub | Mul | Dup | Swap | Jz of int | Jmp of int | Load of int | Store of int | Print | Halt

let run code =
  let stack = Array.make 100 0 and memory = Array.make 10 0 in
  let rec go pc sp steps =
    match code.(pc) with
    | Push n -> stack.(sp) <- n; go (pc + 1) (sp + 1) (steps + 1)
    | Add -> stack.(sp - 2) <- stack.(sp - 2) + stack.(sp - 1); go (pc + 1) (sp - 1) (steps + 1)
    | Sub -> stack.(sp - 2) <- stack.(sp - 2) - stack.(sp - 1); go (pc + 1) (sp - 1) (steps + 1)
    | Mul -> stack.(sp - 2) <- stack.(sp - 2) * stack.(sp - 1); go (pc + 1) (sp - 1) (steps + 1)
    | Dup -> stack.(sp) <- stack.(sp - 1); go (pc + 1) (sp + 1) (steps + 1)
    | Swap -> let t = stack.(sp - 1) in stack.(sp - 1) <- stack.(sp - 2); stack.(sp - 2) <- t; go (pc + 1) sp (steps + 1)
    | Jz target -> go (if stack.(sp - 1) = 0 then target else pc + 1) (sp - 1) (steps + 1)
    | Jmp target -> go target sp (steps + 1)
    | Load a -> stack.(sp) <- memory.(a); go (pc + 1) (sp + 1) (steps + 1)
    | Store a -> memory.(a) <- stack.(sp - 1); go (pc + 1) (sp - 1) (steps + 1)
    | Print -> Printf.printf "%d\n" stack.(sp - 1); go (pc + 1) (sp - 1) (steps + 1)
    | Halt -> steps
  in
  go 0 0 0

let countdown n =
  [| Push n; Store 0; Push 0; Store 1; Load 0; Jz 15; Load 1; Load 0; Add; Store 1; Load 0; Push 1; Sub; Store 0; Jmp 4; Load 1; Print; Halt |]

let () =
  Printf.printf "%d steps\n" (run (countdown 10));
  Printf.printf "%d steps\n" (run (countdown 200_000));
  Printf.printf "%d steps\n" (run [| Push 3; Push 10; Swap; Sub; Dup; Mul; Print; Halt |]);
  match run [| Add; Halt |] with _ -> () | exception Invalid_argument m -> print_endline m

(* stdout {expected|
55
118 steps
20000100000
2200008 steps
49
7 steps
index out of bounds
|expected} *)
