(* A compiler for a small imperative language: blocks, constant propagation, register allocation, a machine. *)

type expr = Const of int | Var of string | Bin of op * expr * expr
and op = Add | Sub | Mul | Less

type stmt = Assign of string * expr | While of expr * stmt list | If of expr * stmt list * stmt list | Print of expr

type reg = R of int
type instr = Load of reg * int | Move of reg * reg | Op of op * reg * reg * reg | Jump of int | Jump_zero of reg * int | Out of reg | Halt

let apply op a b = match op with Add -> a + b | Sub -> a - b | Mul -> a * b | Less -> Bool.to_int (a < b)

let rec simplify = function
  | Bin (op, a, b) -> (
    match (op, simplify a, simplify b) with
    | op, Const x, Const y -> Const (apply op x y)
    | Add, e, Const 0 | Add, Const 0, e | Sub, e, Const 0 | Mul, e, Const 1 | Mul, Const 1, e -> e
    | Mul, _, Const 0 | Mul, Const 0, _ -> Const 0
    | op, a, b -> Bin (op, a, b))
  | e -> e

let rec simplify_stmt = function
  | Assign (x, e) -> [ Assign (x, simplify e) ]
  | Print e -> [ Print (simplify e) ]
  | If (c, a, b) -> (
    match simplify c with
    | Const 0 -> block b
    | Const _ -> block a
    | c -> [ If (c, block a, block b) ])
  | While (c, body) -> ( match simplify c with Const 0 -> [] | c -> [ While (c, block body) ])

and block l = List.concat_map simplify_stmt l

(* Code with labels is a growing array; jumps are patched when their target is known. *)
module Code = struct
  type t = { mutable instrs : instr array; mutable size : int; mutable registers : (string * reg) list; mutable deepest : int }

  let create () = { instrs = Array.make 8 Halt; size = 0; registers = []; deepest = 0 }

  let emit c i =
    if c.size = Array.length c.instrs then c.instrs <- Array.append c.instrs (Array.make c.size Halt);
    c.instrs.(c.size) <- i;
    c.size <- c.size + 1

  let hole c = emit c Halt; c.size - 1
  let patch c at i = c.instrs.(at) <- i

  let variable c x =
    match List.assoc_opt x c.registers with
    | Some r -> r
    | None ->
      let r = R (List.length c.registers) in
      c.registers <- (x, r) :: c.registers;
      r
end

let rec expr c depth = function
  | Var x -> Code.variable c x
  | Const n -> let r = temporary c depth in Code.emit c (Load (r, n)); r
  | Bin (op, a, b) ->
    let ra = expr c depth a in
    let rb = expr c (depth + 1) b in
    let r = temporary c depth in
    Code.emit c (Op (op, r, ra, rb));
    r

and temporary c depth = c.Code.deepest <- max c.deepest (depth + 1); R (100 + depth)

let rec stmt c = function
  | Assign (x, e) ->
    let r = expr c 0 e in
    Code.emit c (Move (Code.variable c x, r))
  | Print e -> let r = expr c 0 e in Code.emit c (Out r)
  | If (e, a, b) ->
    let r = expr c 0 e in
    let skip = Code.hole c in
    List.iter (stmt c) a;
    let over = Code.hole c in
    Code.patch c skip (Jump_zero (r, c.size));
    List.iter (stmt c) b;
    Code.patch c over (Jump c.size)
  | While (e, body) ->
    let top = c.Code.size in
    let r = expr c 0 e in
    let leave = Code.hole c in
    List.iter (stmt c) body;
    Code.emit c (Jump top);
    Code.patch c leave (Jump_zero (r, c.size))

let compile program =
  let c = Code.create () in
  List.iter (stmt c) (block program);
  Code.emit c Halt;
  c

let run (c : Code.t) =
  let regs = Array.make 128 0 in
  let get (R i) = regs.(i) and set (R i) v = regs.(i) <- v in
  let rec go pc steps =
    match c.instrs.(pc) with
    | Halt -> steps
    | Load (r, n) -> set r n; go (pc + 1) (steps + 1)
    | Move (r, s) -> set r (get s); go (pc + 1) (steps + 1)
    | Op (op, r, a, b) -> set r (apply op (get a) (get b)); go (pc + 1) (steps + 1)
    | Jump target -> go target (steps + 1)
    | Jump_zero (r, target) -> go (if get r = 0 then target else pc + 1) (steps + 1)
    | Out r -> Printf.printf "%d " (get r); go (pc + 1) (steps + 1)
  in
  let steps = go 0 0 in
  Printf.printf "(%d instructions, %d steps, %d temporaries)\n" c.size steps c.deepest

let () =
  let v x = Var x and n k = Const k in
  run (compile [ Print (Bin (Add, n 1, Bin (Mul, n 2, n 3))) ]);
  run (compile [ Assign ("i", n 0); While (Bin (Less, v "i", n 5), [ Print (Bin (Mul, v "i", v "i")); Assign ("i", Bin (Add, v "i", n 1)) ]) ]);
  run
    (compile
       [ Assign ("a", n 0); Assign ("b", n 1); Assign ("k", n 15);
         While (Bin (Less, n 0, v "k"), [ Print (v "a"); Assign ("t", Bin (Add, v "a", v "b")); Assign ("a", v "b"); Assign ("b", v "t"); Assign ("k", Bin (Sub, v "k", n 1)) ]) ]);
  run (compile [ If (Bin (Less, n 2, n 1), [ Print (n 1) ], [ Print (n 2) ]); Assign ("x", n 3); If (Bin (Less, v "x", n 5), [ Print (Bin (Mul, v "x", n 1)) ], []) ])

(* stdout {expected|
7 (3 instructions, 2 steps, 1 temporaries)
0 1 4 9 16 (12 instructions, 50 steps, 2 temporaries)
0 1 1 2 3 5 8 13 21 34 55 89 144 233 377 (19 instructions, 189 steps, 2 temporaries)
2 3 (10 instructions, 9 steps, 2 temporaries)
|expected} *)
