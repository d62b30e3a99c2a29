/**
 * Messages from anywhere: OCaml programs damage marshalled values in many ways and read them. Each reading ends in a value or
 * in `Failure`, and the heap verifier, which runs after every collection, finds nothing.
 */

import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileText, run } from './run-program.ts'

const program = (rounds: number, seed: number): string => `
type t = A | B of int | C of float | D of string | G of t * t | L of t Lazy.t
let state = ref ${seed}
let random n =
  state := (!state * 1103515245 + 12345) land 0x3fffffff;
  (!state lsr 8) mod n
let add = fun x y -> x + y
let rec even n f = n = 0 || odd (n - 1) f
and odd n f = f (n <> 0 && even (n - 1) f)
let captured = List.map (fun i -> add i) [ 1; 2; 3 ]
let pair k =
  let rec f x = if x = 0 then k else g (x - 1) and g x = f x in
  (f, g)
let samples =
  let x = D (String.make 300 's') in
  List.map (fun v -> Marshal.to_string v [ Marshal.Closures ])
    [ Obj.repr [ 1; 2; 300; 70000; max_int ]; Obj.repr (G (x, G (x, C 1.5))); Obj.repr (Array.make 20 2.5);
      Obj.repr (Array.init 400 (fun i -> B i)); Obj.repr (1l, 2L, 3n, -1L, Nativeint.max_int);
      Obj.repr (even, odd, captured, pair 4); Obj.repr (Hashtbl.copy (Hashtbl.create 3));
      Obj.repr (L (lazy (G (A, A)))); Obj.repr (Failure "x"); Obj.repr (String.make 100_000 'x', List.init 3000 string_of_int) ]
let samples = Array.of_list samples
let kept = Array.make 16 (Obj.repr 0)
let damage s =
  let b = Bytes.of_string s in
  for _ = 0 to random 4 do
    let from = if random 8 = 0 then 0 else 20 in
    let i = from + random (min 400 (Bytes.length b - from)) in
    match random 5 with
    | 0 -> Bytes.set b i (Char.chr (random 256))
    | 1 -> Bytes.set b i (Char.chr (Char.code (Bytes.get b i) lxor (1 lsl random 8)))
    | 2 -> Bytes.set b i (Char.chr (random 32))
    | 3 -> Bytes.set b i (Char.chr (128 + random 128))
    | _ ->
        let n = min (random 40) (Bytes.length b - i - 1) in
        let j = random (Bytes.length b - n) in
        Bytes.blit b j b i n
  done;
  b
let () =
  let good = ref 0 and bad = ref 0 in
  for round = 1 to ${rounds} do
    let b = damage samples.(random (if random 40 = 0 then 10 else 9)) in
    (match (Marshal.from_bytes b 0 : Obj.t) with
    | v ->
        incr good;
        kept.(random 16) <- v;
        ignore (Hashtbl.hash v);
        (try ignore (compare v v) with Invalid_argument _ -> ());
        (try ignore (Marshal.to_string v [ Marshal.Closures ]) with Invalid_argument _ -> ())
    | exception Failure _ -> incr bad
    | exception Invalid_argument _ -> incr bad);
    if round mod 200 = 0 then Gc.full_major ()
  done;
  Array.iteri (fun i s -> kept.(i) <- Marshal.from_string s 0) samples;
  Gc.full_major ();
  Array.iteri (fun i s -> if Marshal.to_string kept.(i) [ Marshal.Closures ] <> s && i <> 8 then Printf.printf "%d differs\\n" i) samples;
  print_string (if !good > ${rounds / 50} && !bad > ${rounds / 5} then "sound" else Printf.sprintf "%d good, %d bad" !good !bad)
`

const { verify, alternate, stress } = runtimeFlags

it.each([1, 2, 3])('damaged messages do no harm (seed %i)', (seed) => {
  const { stdout, error } = run(compileText(program(4000, seed * 7919)), {
    options: { flags: verify | alternate },
  })
  expect({ stdout, error }).toEqual({ stdout: 'sound', error: undefined })
})

it('nor when every allocation collects', () => {
  const { stdout, error } = run(compileText(program(150, 99)), {
    options: { flags: verify | alternate | stress, minorWords: 4096 },
  })
  expect({ stdout, error }).toEqual({ stdout: 'sound', error: undefined })
}, 120_000)
