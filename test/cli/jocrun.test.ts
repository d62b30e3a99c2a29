/** `jocrun FILE.ml`: what it prints where, and its exit status, as OCaml's own `ocaml FILE.ml` would. */

import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { command, type Finished, runCommand, Scratch } from '../daemon/camlnode.ts'

/** Runs a program with arguments and a standard input. */
function run(source: string, args: readonly string[] = [], input = ''): Finished {
  const scratch = new Scratch({ 'prog.ml': source })
  return runCommand('jocrun', ['prog.ml', ...args], { cwd: scratch.folder, input })
}

describe('output', () => {
  test("stdout is the program's alone", () => {
    expect(run('let () = print_string "hello, world\\n"')).toEqual({
      status: 0,
      stdout: 'hello, world\n',
      stderr: '',
    })
    expect(run('let x = 1 + 1\nlet f y = y')).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('bytes go out as they are', () => {
    const source = 'let () = for i = 0 to 255 do print_char (Char.chr i) done'
    const scratch = new Scratch({ 'prog.ml': source, 'same.ml': 'let () = print_string "h\\195\\169"' })
    const child = spawn(process.execPath, [command('jocrun'), 'prog.ml'], { cwd: scratch.folder })
    const pieces: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
    return new Promise<void>((resolve) => child.once('close', () => resolve())).then(() => {
      expect([...Buffer.concat(pieces)]).toEqual(Array.from({ length: 256 }, (_, i) => i))
    })
  })

  test('much of it, through a pipe', () => {
    const { status, stdout } = run('let () = for i = 1 to 200_000 do Printf.printf "%d\\n" i done')
    expect(status).toBe(0)
    expect(stdout.length).toBe(1_288_895)
    expect(stdout.endsWith('\n199999\n200000\n')).toBe(true)
  })

  test("names of OCaml's libraries may stand before the program", () => {
    const scratch = new Scratch({ 'prog.ml': 'let () = print_endline (Unix.error_message Unix.EDOM)' })
    const { stdout, status } = runCommand('jocrun', ['unix.cma', 'prog.ml'], {
      cwd: scratch.folder,
      input: '',
    })
    expect({ stdout, status }).toEqual({ stdout: 'Numerical argument out of domain\n', status: 0 })
  })

  test('stderr is apart', () => {
    expect(run('let () = prerr_endline "err"; print_endline "out"')).toEqual({
      status: 0,
      stdout: 'out\n',
      stderr: 'err\n',
    })
  })

  test('what is in buffers at the end comes out, also when an exception ends the program', () => {
    expect(run('let () = print_string "partial"; failwith "x"')).toEqual({
      status: 2,
      stdout: 'partial',
      stderr: 'Fatal error: exception Failure("x")\n',
    })
  })
})

describe('the end', () => {
  test.each([0, 1, 3, 42, 255])('exit %i', (status) => {
    const source = `let () = at_exit (fun () -> print_endline "bye"); print_endline "hi"; exit ${status}`
    expect(run(`${source}\nlet () = print_endline "never"`)).toEqual({
      status,
      stdout: 'hi\nbye\n',
      stderr: '',
    })
  })

  test.each([
    ['raise Not_found', 'Not_found'],
    ['ignore (List.hd [])', 'Failure("hd")'],
    ['ignore (1 / (List.length []))', 'Division_by_zero'],
    ['exception My of int * string let () = raise (My (3, "x"))', 'Prog.My(3, "x")'],
    ['assert (1 > List.length [ 1 ])', 'Assert_failure("prog.ml", 1, 9)'],
    ['ignore ((fun [] -> 0) [ 1 ]) [@@warning "-8"]', 'Match_failure'],
    ['raise Exit', 'Stdlib.Exit'],
  ])('%s', (code, name) => {
    const { status, stdout, stderr } = run(code.startsWith('exception') ? code : `let () = ${code}`)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.replace(/^File [\s\S]*?\n(?=Fatal)/, '')).toContain(`Fatal error: exception ${name}`)
  })

  test('recursion without end is an exception', () => {
    const { status, stderr } = run('let rec f n = 1 + f (n + 1)\nlet () = print_int (f 0)')
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'Fatal error: exception Stack_overflow\n' })
  })

  test('a function of at_exit that raises', () => {
    const { status, stderr } = run('let () = at_exit (fun () -> failwith "late")')
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'Fatal error: exception Failure("late")\n' })
  })
})

describe('what a program sees', () => {
  test('its arguments', () => {
    const source = 'let () = Array.iter (fun a -> print_string ("<" ^ a ^ ">")) Sys.argv'
    expect(run(source, ['one', 'two words', '--three', '']).stdout).toBe(
      '<prog.ml><one><two words><--three><>',
    )
  })

  test('its standard input', () => {
    const source = `let () =
  let n = int_of_string (read_line ()) in
  let rec sum i acc = if i = 0 then acc else sum (i - 1) (acc + int_of_string (input_line stdin)) in
  print_int (sum n 0);
  try ignore (read_line ()) with End_of_file -> print_string " end"`
    expect(run(source, [], '3\n10\n20\n12')).toMatchObject({ status: 0, stdout: '42 end' })
  })

  test('files', () => {
    const source = `let () =
  let out = open_out "made.txt" in
  output_string out "first\\nsecond\\n";
  close_out out;
  let input = open_in "made.txt" in
  print_string (really_input_string input (in_channel_length input));
  seek_in input 6;
  print_endline (input_line input);
  close_in input;
  Sys.remove "made.txt";
  print_string (string_of_bool (Sys.file_exists "made.txt"))`
    expect(run(source)).toEqual({ status: 0, stdout: 'first\nsecond\nsecond\nfalse', stderr: '' })
  })

  test('errors of files name them', () => {
    const source = `let attempt f = try f () with Sys_error text -> print_endline text
let () =
  attempt (fun () -> ignore (open_in "missing"));
  attempt (fun () -> ignore (open_out "no/folder"));
  attempt (fun () -> Sys.remove "gone");
  attempt (fun () -> ignore (Sys.is_directory "nowhere"));
  ignore (open_in "last")`
    expect(run(source)).toEqual({
      status: 2,
      stdout: ['missing', 'no/folder', 'gone', 'nowhere']
        .map((name) => `${name}: No such file or directory\n`)
        .join(''),
      stderr: 'Fatal error: exception Sys_error("last: No such file or directory")\n',
    })
  })

  test('the environment', () => {
    const source = 'let () = print_string (Sys.getenv "JOCRUN_TEST")'
    const scratch = new Scratch({ 'prog.ml': source })
    const env = { JOCRUN_TEST: 'seen' }
    expect(runCommand('jocrun', ['prog.ml'], { cwd: scratch.folder, env }).stdout).toBe('seen')
  })

  test('other units beside it, with interfaces', () => {
    const scratch = new Scratch({
      'prog.ml': 'let () = print_int (Helper.twice 21)',
      'helper.ml': 'let hidden = 2\nlet twice x = hidden * x',
      'helper.mli': 'val twice : int -> int',
      'bad.ml': 'let () = print_int Helper.hidden',
    })
    expect(runCommand('jocrun', ['prog.ml'], { cwd: scratch.folder })).toMatchObject({
      status: 0,
      stdout: '42',
    })
    const bad = runCommand('jocrun', ['bad.ml'], { cwd: scratch.folder })
    expect(bad.status).toBe(2)
    expect(bad.stderr).toContain('Unbound value Helper.hidden')
  })
})

describe('what is wrong before the program runs', () => {
  test('a type error', () => {
    const { status, stdout, stderr } = run('let () = print_string "never"\nlet x = 1 + "a"')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^File "prog\.ml", line 2, characters 12-15:\n2 \| let x = 1 \+ "a"\n/)
  })

  test('a warning does not keep it from running', () => {
    const { status, stdout, stderr } = run('let f = function Some x -> x\nlet () = print_int (f (Some 1))')
    expect({ status, stdout }).toEqual({ status: 0, stdout: '1' })
    expect(stderr).toContain('this pattern-matching is not exhaustive')
  })

  test.each([
    [['missing.ml'], /^jocrun: missing\.ml: no such file\n$/, 2],
    [['prog.txt'], /^jocrun: prog\.txt: not an OCaml source file \(\.ml\)\n$/, 2],
    [['folder.ml'], /^jocrun: folder\.ml: /, 2],
    [[], /^usage: jocrun /, 2],
  ])('%s', (args, message, status) => {
    const scratch = new Scratch({ 'prog.txt': '' })
    mkdirSync(scratch.path('folder.ml'))
    const finished = runCommand('jocrun', args, { cwd: scratch.folder })
    expect(finished.stdout).toBe('')
    expect(finished.stderr).toMatch(message)
    expect(finished.status).toBe(status)
  })
})

test('a reader that goes away ends the program', async () => {
  const scratch = new Scratch({ 'prog.ml': 'let () = while true do print_endline "y" done' })
  const child = spawn(process.execPath, [command('jocrun'), 'prog.ml'], { cwd: scratch.folder })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.stdout.destroy()
  const status = await new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  )
  expect(status).toBe(2)
})

test('an external that the runtime does not have is an error', () => {
  const source = 'external f : int -> int = "no_such"\nlet () = print_int (f 1)\n'
  const scratch = new Scratch({ 'prog.ml': source })
  const stderr = 'File "prog.ml", line 1:\nError: The external function `no_such\' is not available\n'
  for (const _ of ['compiled', 'from the cache'])
    expect(runCommand('jocrun', ['prog.ml'], { cwd: scratch.folder })).toEqual({
      status: 2,
      stdout: '',
      stderr,
    })
})
