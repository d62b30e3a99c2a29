/** Backtraces, as OCaml prints them for a program that was compiled with -g and runs with OCAMLRUNPARAM=b. */

import { describe, expect, test } from 'vitest'
import { type Finished, runCommand, Scratch } from '../daemon/camlnode.ts'

function run(source: string, settings = 'b'): Finished {
  const scratch = new Scratch({ 'prog.ml': source })
  return runCommand('jocrun', ['prog.ml'], {
    cwd: scratch.folder,
    env: { ...process.env, OCAMLRUNPARAM: settings },
  })
}

const nested = `let[@inline never] fail n = if n = 0 then raise Not_found else n
let rec descend n = if n = 0 then fail 0 else 1 + descend (n - 1)
`

describe('of uncaught exceptions', () => {
  test('name function, file, line and characters, the innermost first', () => {
    const { status, stderr } = run(`${nested}let () = print_int (descend 2)`)
    expect(status).toBe(2)
    expect(stderr).toBe(`Fatal error: exception Not_found
Raised at Prog.fail in file "prog.ml", line 1, characters 42-57
Called from Prog.descend in file "prog.ml", line 2, characters 50-65
Called from Prog.descend in file "prog.ml", line 2, characters 50-65
Called from Prog in file "prog.ml", line 3, characters 19-30
`)
  })

  test('only when they are asked for', () => {
    expect(run(`${nested}let () = print_int (descend 2)`, '').stderr).toBe(
      'Fatal error: exception Not_found\n',
    )
    expect(run(`${nested}let () = print_int (descend 2)`, 'v=0,b=0').stderr).toBe(
      'Fatal error: exception Not_found\n',
    )
  })

  test('the handler that the program has set gets them, and registered printers are used', () => {
    const { stdout, stderr, status } = run(`exception Odd of int
let () = Printexc.register_printer (function Odd n -> Some (Printf.sprintf "odd %d" n) | _ -> None)
let () = at_exit (fun () -> print_endline "at exit")
let () = raise (Odd 3)`)
    expect({ stdout, status }).toEqual({ stdout: 'at exit\n', status: 2 })
    expect(stderr).toBe(`Fatal error: exception odd 3
Raised at Prog in file "prog.ml", line 4, characters 9-22
`)
    const own =
      run(`let () = Printexc.set_uncaught_exception_handler (fun e _ -> print_endline ("mine: " ^ Printexc.to_string e))
let () = failwith "x"`)
    expect(own).toEqual({ status: 2, stdout: 'mine: Failure("x")\n', stderr: '' })
  })
})

describe('of functions of the library that are inlined', () => {
  test('have the place of the call', () => {
    const { stderr } = run(`let[@inline never] check x =
  if x < 0 then
    failwith "negative";
  x + List.hd []
let () = try ignore (check (-1)) with Failure _ -> prerr_string (Printexc.get_backtrace ())
let () = ignore (check 1)`)
    expect(stderr).toBe(`Raised at Prog.check in file "prog.ml", line 3, characters 4-23
Called from Prog in file "prog.ml", line 5, characters 20-32
Fatal error: exception Failure("hd")
Raised at Prog.check in file "prog.ml", line 4, characters 6-16
Called from Prog in file "prog.ml", line 6, characters 16-25
`)
  })
})

describe('of caught exceptions', () => {
  test('go from the raise to the handler, and on when the exception is raised again', () => {
    const { stdout } = run(`${nested}
let[@inline never] middle n = try descend n with Failure _ -> 0
let () = try print_int (middle 1) with Not_found -> print_string (Printexc.get_backtrace ())`)
    expect(stdout).toBe(`Raised at Prog.fail in file "prog.ml", line 1, characters 42-57
Called from Prog.descend in file "prog.ml", line 2, characters 50-65
Called from Prog.middle in file "prog.ml", line 4, characters 34-43
Re-raised at Prog.middle in file "prog.ml", line 4, characters 30-63
Called from Prog in file "prog.ml", line 5, characters 23-33
`)
  })

  test('can be kept and given to another raise; a raise without a trace leaves none', () => {
    const { stdout } = run(`${nested}
let kept = try ignore (descend 0); assert false with Not_found -> Printexc.get_raw_backtrace ()
let () = try Printexc.raise_with_backtrace Exit kept with Exit -> print_string (Printexc.get_backtrace ())
let () = (try raise Exit with Exit -> ()); try raise_notrace Not_found with Not_found -> print_string (Printexc.get_backtrace ())
let () = Printexc.record_backtrace false
let () = try raise Exit with Exit -> print_string (Printexc.get_backtrace ()); print_endline "none"`)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('Raised at Prog.fail in file "prog.ml", line 1, characters 42-57')
    expect(lines).toContain('Raised at Prog in file "prog.ml", line 6, characters 14-24')
    expect(lines.at(-1)).toBe('none')
  })

  test('deep ones have an end', () => {
    const { stdout } = run(`${nested}
let () = try print_int (descend 100_000) with Not_found ->
  print_int (Printexc.raw_backtrace_length (Printexc.get_raw_backtrace ()))`)
    expect(stdout).toBe('256')
  })
})
