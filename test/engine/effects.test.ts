/**
 * The fiber functions of the prelude under what shakes the engine: suspended at every poll, spilled into small segments, collecting
 * at every allocation. The same program prints the same in all modes. `Effect` is made of these functions.
 */

import { describe, expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { compileText, type Mode, run } from './run-program.ts'

const stress = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate

const program = `
type 'a eff = ..
type ('a,'b) cont
type 'b h = { retc : Obj.t -> 'b; exnc : exn -> 'b; eff : Obj.t -> (Obj.t, 'b) cont -> 'b }
external perform : 'a eff -> 'a = "caml_perform"
external run : ('c -> 'd) -> 'c -> 'b h -> 'b = "caml_fiber_run"
external cont : ('a,'b) cont -> 'x -> int -> 'b = "caml_fiber_continue"
external take : ('a,'b) cont -> bool = "caml_continuation_take"
external reperform : Obj.t -> ('a,'b) cont -> 'b = "caml_fiber_reperform"
type 'a eff += Yield of int | Ask | Str of string
exception E of string
let [@inline never] id x = x
let h f g = run f () { retc = (fun x -> Obj.magic x); exnc = raise; eff = g }
(* generator with live strings and floats *)
let () =
  let buf = Buffer.create 10 in
  let gen () = let s = "s" ^ string_of_int (id 4) and f = float_of_int (id 3) in
    for i = 1 to 20 do ignore (perform (Yield i) : unit); Buffer.add_string buf (s ^ string_of_float (f +. float_of_int i)) done; 42 in
  let r = h gen (fun e k -> match Obj.obj e with Yield i -> Buffer.add_string buf (string_of_int i); cont k () 0 | _ -> reperform e k) in
  Printf.printf "%s %d\\n" (Buffer.contents buf) r
let () =
  let r = h (fun () -> 1 + h (fun () -> 10 + perform Ask) (fun e k -> reperform e k))
   (fun e k -> match Obj.obj e with Ask -> 1000 * cont k 7 0 | _ -> reperform e k) in
  Printf.printf "%d\\n" r
let () =
  let r = h (fun () -> try perform Ask with E s -> int_of_string s) 
   (fun e k -> match Obj.obj e with Ask -> cont k (E (string_of_int (id 55))) 2 | _ -> reperform e k)  in
  Printf.printf "%d\\n" r
let rec deep n = if n = 0 then 0 else let s = string_of_int n in let t = perform (Str s) in String.length (s ^ t) + deep (n-1)
let () =
  let c = ref [] in
  let r = h (fun () -> deep 300) (fun e k ->
    match Obj.obj e with Str i -> c := i :: !c; cont k ("<" ^ i ^ ">") 0 | _ -> reperform e k) in
  Printf.printf "%d %d\\n" (List.length !c) r
(* exceptions through resumed frames *)
let rec deepx n = if n = 0 then raise (E (string_of_int (id 9))) else let s = string_of_int n in ignore (perform (Str s)); 1 + deepx (n-1)
let () =
  let c = ref 0 in
  let r = try h (fun () -> deepx 100) (fun e k ->
    match Obj.obj e with Str i -> incr c; cont k "" 0 | _ -> reperform e k) with E s -> int_of_string s in
  Printf.printf "%d %d\\n" !c r
let rec deepy n = if n = 0 then raise (E (string_of_int (id 9))) else let s = string_of_int n in ignore (perform (Str s)); try 1 + deepy (n-1) with E x -> raise (E (x ^ s))
let () =
  let c = ref 0 in
  let r = h (fun () -> try string_of_int (deepy 30) with E s -> s) (fun e k ->
    match Obj.obj e with Str i -> incr c; cont k "" 0 | _ -> reperform e k)  in
  Printf.printf "%d %s\\n" !c r
(* scheduler *)
let () =
  let q = Queue.create () in
  let out = Buffer.create 10 in
  let rec fiber n = for i = 1 to 3 do Buffer.add_string out (Printf.sprintf "%d.%d " n i); ignore (perform (Yield n) : unit) done
  and next () = if Queue.is_empty q then () else (Queue.pop q) ()
  and spawn n = h (fun () -> fiber n; next ()) (fun e k -> match Obj.obj e with Yield _ -> Queue.push (fun () -> cont k () 0) q; next () | _ -> reperform e k) in
  for i = 1 to 5 do Queue.push (fun () -> spawn i) q done;
  next ();
  print_endline (Buffer.contents out)
(* nested handlers, both performing, deep in each other *)
let rec nest n = if n = 0 then perform Ask else
  h (fun () -> 1 + nest (n-1)) (fun e k -> match Obj.obj e with Yield _ -> 0 | _ -> reperform e k)
let () = Printf.printf "%d\\n" (h (fun () -> nest 40 + nest 20) (fun e k -> match Obj.obj e with Ask -> 3 + cont k 100 0 | _ -> reperform e k))
let () = try perform Ask with e -> print_endline (Printexc.to_string e)
let () = try h (fun () -> id (perform Ask)) (fun e k -> reperform e k) with e -> print_endline (Printexc.to_string e)
let () = print_endline (h (fun () -> try h (fun () -> string_of_int (id (perform Ask))) (fun e k -> reperform e k) with e -> Printexc.to_string e ^ "inner") (fun e k -> reperform e k))
(* used twice *)
let () = ignore (h (fun () -> perform Ask) (fun e k -> Printf.printf "%b %b\\n" (take k) (take k); cont k () 0))
let () =  match compare 1 (h (fun () -> perform Ask) (fun e k -> compare k k + Obj.magic (cont k () 0))) with x -> Printf.printf "%d\\n" x | exception Invalid_argument s -> print_endline s
let [@inline never] rec big a b c d e f g n = if n = 0 then perform Ask else
  let x = big b c d e f g a (n-1) in  a ^ b ^ c ^ x
let () = print_int (String.length (h (fun () -> big "1" "2" "33" "4" "5" (string_of_int (id 6)) "7" 200) (fun e k -> match Obj.obj e with Ask -> let s = String.make (id 10) 'x' in cont k s 0 | _ -> reperform e k))); print_newline ()
`

const output = `1s44.2s45.3s46.4s47.5s48.6s49.7s410.8s411.9s412.10s413.11s414.12s415.13s416.14s417.15s418.16s419.17s420.18s421.19s422.20s423. 42
18000
55
300 2184
100 9
30 9123456789101112131415161718192021222324252627282930
1.1 2.1 3.1 4.1 5.1 1.2 2.2 3.2 4.2 5.2 1.3 2.3 3.3 4.3 5.3 
266
Effect.Unhandled
Effect.Unhandled
Effect.Unhandledinner
false true
1
697
`

const compiled = compileText(program, output)

function check(mode: Mode): number {
  const result = run(compiled, mode)
  expect(result.error).toBeUndefined()
  expect(result.stdout).toBe(compiled.expected)
  return result.suspensions
}

describe('effects', () => {
  it('with a verified heap', () => {
    expect(check({ options: { flags: runtimeFlags.verify } })).toBe(0)
  })
  it('suspended at every poll', () => {
    expect(check({ suspend: () => true })).toBeGreaterThan(1000)
  })
  it('collecting at every allocation', () => {
    check({ options: { flags: stress } })
  })
  it('suspended at every poll, collecting at every allocation', () => {
    check({ suspend: () => true, options: { flags: stress } })
  })
  it.each([64, 256, 1000])('spilled every %d bytes', (segmentBytes) => {
    check({ options: { segmentBytes } })
    check({ options: { segmentBytes, flags: stress } })
  })
})

it('the guard of a case does not see the continuation', () => {
  const text = `type _ Effect.t += E : unit Effect.t
let () = match Effect.perform E with
  | () -> ()
  | effect E, k when (Effect.Deep.continue k (); false) -> ()`
  expect(() => compileText(text).compiler.build('Main')).toThrow('Unbound value k')
})
