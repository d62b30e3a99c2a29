/** Programs that allocate for ever inside a small heap: Out_of_memory can be caught, again and again, and nothing of it stays. */

import { expect, it } from 'vitest'
import { rounds } from '../patience.ts'
import { compileText, run } from './run-program.ts'

/** Never return. */
const hogs = {
  lists: 'let hog () = let l = ref [] in while true do l := 1 :: !l done',
  trees: 'type t = L | N of t * t\nlet hog () = let t = ref L in while true do t := N (!t, N (L, L)) done',
  arrays: 'let hog () = let l = ref [] in while true do l := Array.make 100_000 0 :: !l done',
  'one array after the other, twice as long':
    'let hog () = let a = ref [| 1 |] in while true do a := Array.append !a !a done',
  'float arrays': 'let hog () = let l = ref [] in while true do l := Array.make 5_000 0.5 :: !l done',
  strings: 'let hog () = let s = ref "x" in while true do s := !s ^ !s done',
  'many strings': "let hog () = let l = ref [] in while true do l := String.make 1000 'x' :: !l done",
  buffer: 'let hog () = let b = Buffer.create 16 in while true do Buffer.add_string b "0123456789" done',
  'boxed numbers':
    'let hog () = let l = ref [] and n = ref 0L in while true do n := Int64.succ !n; l := !n :: !l done',
  closures:
    'let hog () = let f = ref (fun x -> x) in while true do let g = !f in f := (fun x -> if x < 0 then g x else x + 1) done',
  'deep recursion':
    'let rec deep n = let s = string_of_int n in s :: deep (n + 1)\nlet hog () = ignore (deep 0)',
  'deep recursion with handlers':
    "let rec deep n = let s = String.make 50 'x' in try s :: deep (n + 1) with Not_found -> [ s ]\nlet hog () = ignore (deep 0)",
  'hash table':
    'let hog () = let h = Hashtbl.create 1 and i = ref 0 in while true do incr i; Hashtbl.replace h !i (string_of_int !i) done',
  map: 'module M = Map.Make (Int)\nlet hog () = let m = ref M.empty and i = ref 0 in while true do incr i; m := M.add !i (ref 0) !m done',
  queue:
    'let q = Queue.create ()\nlet hog () = try while true do Queue.add (ref 0) q done with e -> Queue.clear q; raise e',
  'big arrays':
    'let hog () = let l = ref [] in while true do l := Bigarray.Array1.create Bigarray.float64 Bigarray.c_layout 10_000 :: !l done',
  'marshalled data':
    'let hog () = let s = ref "" in while true do s := Marshal.to_string (!s, !s, [ !s ]) [ No_sharing ] done',
  'unmarshalled data':
    'let text = Marshal.to_string (List.init 10_000 string_of_int) []\nlet hog () = let l = ref [] in while true do l := (Marshal.from_string text 0 : string list) :: !l done',
  continuations: `open Effect
type _ t += Pause : unit t
type paused = Paused : (unit, unit) Deep.continuation -> paused
let kept : paused list ref = ref []
let hog () =
  kept := [];
  let start () =
    Deep.match_with (fun () -> let s = Sys.opaque_identity (ref 0) in perform Pause; incr s) ()
      { retc = ignore; exnc = raise;
        effc = fun (type a) (e : a t) : ((a, unit) Deep.continuation -> unit) option ->
          match e with Pause -> Some (fun k -> kept := Paused k :: !kept) | _ -> None } in
  try while true do start () done with e -> kept := []; raise e`,
  'weak arrays':
    'let hog () = let l = ref [] in while true do l := (Weak.create 100 : int ref Weak.t) :: !l done',
  finalisers:
    'let hog () = let l = ref [] in while true do let r = ref 0 in Gc.finalise ignore r; l := r :: !l done',
  sequences: 'let hog () = ignore (List.of_seq (Seq.forever (fun () -> ref 0)))',
  printing: 'let rec hog width = ignore (Printf.sprintf "%*d" width 1); hog (2 * width)\nlet hog () = hog 1',
} as const

/** Counts how often it is caught, and what is alive before and afterwards. */
const frame = `
let live () = Gc.full_major (); (Gc.stat ()).live_words
let caught = ref 0
let round () = match hog () with () -> () | exception Out_of_memory -> incr caught
let () =
  round ();
  caught := 0;
  let before = live () in
  for _ = 1 to ROUNDS do round () done;
  let after = live () in
  Printf.printf "%d, %d more words alive" !caught (max 0 (after - before - 1000))`

function runHog(hog: string, heapMegabytes: number, rounds: number) {
  const compiled = compileText(hog + frame.replace('ROUNDS', String(rounds)))
  return run(compiled, { options: { heapLimitBytes: heapMegabytes << 20, stackBytes: 128 << 20 } })
}

const nothingStays = (rounds: number) => ({ stdout: `${rounds}, 0 more words alive`, error: undefined })

it.each(Object.entries(hogs))('%s', (_name, hog) => {
  const times = rounds(3, 2)
  expect(runHog(hog, rounds(16, 8), times)).toMatchObject(nothingStays(times))
})

it.each(['lists', 'arrays', 'strings', 'buffer'] as const)('%s, a hundred times in 64 MiB', (name) => {
  const times = rounds(100, 2)
  expect(runHog(hogs[name], rounds(64, 16), times)).toMatchObject(nothingStays(times))
})
