/**
 * Suspension at polls: whatever a program does, putting its frames aside and back must not show. The frames' old place
 * is overwritten meanwhile, so what a resume variant does not restore from its frame is missed.
 */

import { describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { type Compiled, compileGolden, compileText, type Mode, randomNumbers, run } from './run-program.ts'

const goldens = [
  'bytes_cipher.ml',
  'closures.ml',
  'continuation_passing.ml',
  'currying.ml',
  'exceptions_basic.ml',
  'exceptions_local.ml',
  'exceptions_rebind.ml',
  'expression_calculator.ml',
  'float_arrays.ml',
  'functors.ml',
  'guards_effects.ml',
  'higher_order.ml',
  'lazy_values.ml',
  'let_rec_values.ml',
  'matrix.ml',
  'modules_nested.ml',
  'objects_immediate.ml',
  'objects_inheritance.ml',
  'objects_initializers.ml',
  'objects_visitor.ml',
  'optional_arguments.ml',
  'pattern_nested.ml',
  'pattern_strings.ml',
  'polymorphic_variants.ml',
  'queues_stacks.ml',
]

const stress = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate

/** What handlers, loops and unboxed variables need of resumed frames. */
const handlers = `
exception Stop of int
let [@inline never] id x = x
let [@inline never] check n = if n mod 3 = 0 then raise (Stop n) else n
(* An exception passes resumed frames that have no handler. *)
let rec deep n = if n = 0 then raise (Stop 99) else 1 + id (deep (n - 1))
let through () = try deep 200 with Stop n -> n
(* The handler's frame was resumed; it needs values, ints and floats from before. *)
let kept () =
  let text = "kept" ^ string_of_int (id 7) and half = float_of_int (id 1) /. 2. and count = id 12 in
  try string_of_int (id (deep 20)) with Stop n -> Printf.sprintf "%s %g %d %d" text half count n
(* Suspension inside a handler, and a raise from there to an outer one. *)
let nested () =
  try
    try ignore (check 3); "none"
    with Stop n -> let m = id n in if id m = 3 then raise (Stop (id 30)) else "inner"
  with Stop n -> "outer " ^ string_of_int (id n)
(* A try in a loop, with variables that the loop assigns. *)
let looped () =
  let sum = ref 0 and product = ref 1. and names = ref [] in
  for i = 1 to 20 do
    try
      sum := !sum + check i;
      product := !product *. float_of_int (id 1) *. 1.5;
      names := string_of_int (id i) :: !names
    with Stop n -> sum := !sum - id n; names := "!" :: !names
  done;
  Printf.sprintf "%d %g %s" !sum !product (String.concat "," !names)
(* Boxed integers live unboxed across calls. *)
let boxed () =
  let a = ref 1l and b = ref 1L and c = ref 1n in
  for i = 1 to 10 do
    a := Int32.add !a (Int32.of_int (id i)); b := Int64.mul !b (Int64.of_int (id i)); c := Nativeint.logxor !c (Nativeint.of_int (id (i * 77)))
  done;
  Printf.sprintf "%ld %Ld %nd" !a !b !c
let rec sum_to acc n = if n = 0 then acc else sum_to (id acc + n) (n - 1)
let switch x = match x with 0 -> id 1 | 1 -> id 2 + id 3 | 2 -> (match id x with 2 -> id 4 | _ -> 0) | 3 -> id 5 | 4 -> 6 | _ -> id (x * 2)
let while_loop () =
  let i = ref 0 and out = Buffer.create 16 in
  while id !i < 10 && id 1 = 1 do
    (match !i with 3 -> Buffer.add_string out "three" | n when n mod 2 = 0 -> Buffer.add_string out (string_of_int (id n)) | _ -> ());
    i := id !i + 1
  done;
  Buffer.contents out
let finally () =
  let log = ref [] in
  let note x = log := x :: !log in
  (try Fun.protect ~finally:(fun () -> note (id 1)) (fun () -> note 2; ignore (check 6); note 3) with Stop n -> note (id n));
  String.concat " " (List.rev_map string_of_int !log)
(* A variable that a failing call would have been assigned to. *)
let unassigned () =
  let n = ref 5 and s = ref "old" in
  (try n := check 9 with Stop _ -> ());
  (try s := string_of_int (id (check 9)) with Stop _ -> ());
  (try s := String.concat "" [ !s; "new" ]; ignore (id 1); ignore (check 9) with Stop _ -> ());
  Printf.sprintf "%d %s" !n !s
let () =
  Printf.printf "%d\\n%s\\n%s\\n%s\\n%s\\n%d\\n%s\\n%s\\n%s\\n%s\\n" (through ()) (kept ()) (nested ()) (looped ()) (boxed ())
    (sum_to 0 50) (String.concat " " (List.map (fun x -> string_of_int (switch x)) [ 0; 1; 2; 3; 4; 5 ]))
    (while_loop ()) (finally ()) (unassigned ())
let rec map_deep f = function [] -> [] | x :: rest -> let y = f x in y :: map_deep f rest
let () = print_int (List.fold_left ( + ) 0 (map_deep (fun x -> x * 2) (List.init 300 id))); print_newline ()
`

const handlersOutput = `99
kept7 0.5 12 99
outer 30
84 291.929 20,19,!,17,16,!,14,13,!,11,10,!,8,7,!,5,4,!,2,1
56 3628800 142
1275
1 5 4 5 6 10
02three468
2 1 6
5 oldnew
89700
`

function check(compiled: Compiled, mode: Mode): number {
  const result = run(compiled, mode)
  expect(result.error).toBeUndefined()
  expect(result.stdout).toBe(compiled.expected)
  return result.suspensions
}

function everyRandom(seed: number, most: number): () => boolean {
  const random = randomNumbers(seed)
  let left = random(most)
  return () => {
    left -= 1
    if (left >= 0) return false
    left = random(most)
    return true
  }
}

describe('handlers in resumed frames', () => {
  const compiled = compileText(handlers, handlersOutput)
  it('run without suspension', () => {
    expect(check(compiled, {})).toBe(0)
  })
  it('suspended at every poll', () => {
    expect(check(compiled, { suspend: () => true })).toBeGreaterThan(1000)
  })
  it('suspended at every poll, collecting at every allocation', () => {
    check(compiled, { suspend: () => true, options: { flags: stress } })
  })
  it.each([64, 256, 1000])('spilled every %d bytes', (segmentBytes) => {
    check(compiled, { options: { segmentBytes } })
    check(compiled, { options: { segmentBytes, flags: stress } })
  })
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('suspended at random polls, seed %d', (seed) => {
    const segmentBytes = seed % 2 === 0 ? 400 : undefined
    const options = {
      flags: seed % 3 === 0 ? stress : 0,
      ...(segmentBytes === undefined ? {} : { segmentBytes }),
    }
    check(compiled, { suspend: everyRandom(seed, 2 + seed * 3), options })
  })
})

describe.each(goldens)('%s', (name) => {
  const compiled = compileGolden(name)
  it('suspended at every poll', () => {
    expect(check(compiled, { suspend: () => true })).toBeGreaterThan(0)
  })
  it('suspended at random polls in small segments, collecting at every allocation', () => {
    check(compiled, { suspend: everyRandom(name.length, 20), options: { segmentBytes: 300, flags: stress } })
  })
})
