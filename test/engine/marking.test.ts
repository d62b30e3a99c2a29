/**
 * Programs whose heap, stack and continuations change while the major collector marks, a little at a time: deep recursion over stretches
 * of native stack that are soon unwound, values that only a frame knows, exceptions and effects through deep frames, threads put aside.
 */

import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileText, randomNumbers, run } from './run-program.ts'

const deep = `
  type node = { mutable items : string list; mutable next : node option }
  let rec build n =
    if n = 0 then None
    else begin
      let x = { items = [ string_of_int n ]; next = None } in
      x.next <- build (n - 1);
      x.items <- string_of_int (n + 1) :: x.items;
      Some x
    end
  (* What a node held is known to the frame alone while the rest is visited. *)
  let rec take = function
    | None -> 0
    | Some x ->
      let items = x.items and next = x.next in
      x.items <- [];
      x.next <- None;
      let rest = take next in
      List.fold_left (fun sum s -> sum + int_of_string s) rest items
  let rec through n f = if n = 0 then f () else let s = string_of_int n in let r = through (n - 1) f in r + String.length s
  exception Found of string list
  let rec seek n path = if n = 0 then raise (Found path) else seek (n - 1) (string_of_int n :: path) + 1
  let () =
    for round = 1 to 4 do
      Printf.printf "%d " (take (build (100 * round)));
      let found = try string_of_int (seek (50 * round) []) with Found path -> String.concat "" path in
      Printf.printf "%d " (String.length found);
      Printf.printf "%d\\n" (through (60 * round) (fun () -> take (build 20)))
    done`

const effects = `
  open Effect
  open Effect.Deep
  type _ Effect.t += Yield : string -> string Effect.t
  let rec walk n = if n = 0 then "" else let s = perform (Yield (string_of_int n)) in let rest = walk (n - 1) in s ^ rest
  let waiting : (unit -> unit) Queue.t = Queue.create ()
  let results = ref []
  let start n =
    match_with walk n
      { retc = (fun s -> results := s :: !results);
        exnc = raise;
        effc = fun (type a) (e : a Effect.t) -> match e with
          | Yield s -> Some (fun (k : (a, _) continuation) -> Queue.add (fun () -> continue k (s ^ ".")) waiting)
          | _ -> None }
  let () =
    for i = 1 to 10 do start (10 * i) done;
    while not (Queue.is_empty waiting) do (Queue.pop waiting) () done;
    List.iter (fun s -> Printf.printf "%d %s\\n" (String.length s) (Digest.to_hex (Digest.string s))) !results`

const threads = `
  let total = ref 0
  let rec work n = if n = 0 then 0 else begin
    let kept = List.init 5 (fun i -> string_of_int (n + i)) in
    if n mod 7 = 0 then Thread.yield ();
    let rest = work (n - 1) in
    List.fold_left (fun sum s -> sum + int_of_string s) rest kept end
  let () =
    let all = List.init 8 (fun i -> Thread.create (fun () -> total := !total + work (40 + i)) ()) in
    List.iter Thread.join all;
    print_int !total`

const { verify, stress, alternate, slices } = runtimeFlags

it.each(
  Object.entries({ deep, effects, threads }).flatMap(([name, text]) =>
    [1, 2, 3, 4].map((seed) => ({ name, text, seed })),
  ),
)('$name, seed $seed', ({ text, seed }) => {
  const compiled = compileText(text)
  const { stdout } = run(compiled)
  const random = randomNumbers(seed)
  const result = run(compiled, {
    options: {
      flags: verify | stress | alternate | slices,
      stress: { interval: 5 * seed, seed },
      segmentBytes: 512 * seed,
    },
    ...(seed > 2 ? { suspend: () => random(40) === 0 } : {}),
  })
  expect(result.error).toBeUndefined()
  expect(result.stdout).toBe(stdout)
  expect(stdout.length).toBeGreaterThan(3)
})
