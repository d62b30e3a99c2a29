/** The prompt as a command: scripts, options, and a real terminal (`script` of util-linux). */

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const joctop = resolve(import.meta.dirname, '../../bin/joctop')
const folder = mkdtempSync(join(tmpdir(), 'joctop-'))
const wait = 60_000

/** The launcher builds what is out of date, and says so. */
beforeAll(() => {
  run(['-e', ''])
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true }))

interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

function run(args: readonly string[], input = '', command = joctop): Outcome {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd: folder, input, encoding: 'utf8' })
  return { stdout, stderr, status }
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

const hasOcaml = spawnSync('ocaml', ['-vnum']).status === 0

describe('a script on standard input', () => {
  const scripts = [
    '1 + 1;;\nlet x =\n  3\n;;\n',
    'let x = ',
    '"abc\n',
    '(* abc\n let',
    'let x = (* a\n b *) 3;;\n',
    'let = 3\n;;\nlet y = 2;;',
    'let s = read_line ();;\nhello\ns;;\n',
    'let c = input_char stdin;;\nhello;;\n3;;\n',
    'module M = struct\n  let x = 1;;\n  let y = 2;;\nend;;\nM.y;;\n',
    'exit 3;;\n',
    'at_exit (fun () -> print_endline "bye");;\n',
    'print_string "a"; prerr_string "b";;\nraise Exit;;\n',
    '3;; 4;;\n5;;\n#quit;;\n6;;\n',
  ]
  it.runIf(hasOcaml).each(scripts)(
    'is answered with prompts as ocaml does: %j',
    (input) => {
      const flags = ['-noinit', '-no-version']
      expect(run(flags, input)).toEqual(run(flags, input, 'ocaml'))
    },
    wait,
  )

  it(
    'shows prompts as the options say',
    () => {
      const input = 'let x =\n1;;\n'
      expect(run(['-noinit', '-no-version', '-nopromptcont'], input).stdout).toBe('# val x : int = 1\n# \n')
      expect(run(['-noinit', '-no-version', '-noprompt'], input).stdout).toBe('val x : int = 1\n\n')
      expect(run(['-noinit'], '').stdout).toMatch(/^OCaml version .*\n\n# \n$/)
    },
    wait,
  )

  it(
    'tells the version of OCaml that programs see',
    () => {
      const version = run(['-e', 'print_string Sys.ocaml_version']).stdout
      expect(run(['-noinit'], '').stdout).toBe(`OCaml version ${version} (camlnode)\n\n# \n`)
      expect(run(['-vnum']).stdout).toBe(`${version}\n`)
    },
    wait,
  )
})

describe('a script in a file', () => {
  it.runIf(hasOcaml).each([
    ['print_endline Sys.argv.(1);;\n1 + 1;;\nlet () = exit 4', ['a']],
    ['let () = print_endline "first"\nlet x = 1 + true\n', []],
    ['let () = print_endline "first"\nlet () = failwith "x"\n', []],
    ['let = 1\n', []],
    ['let f (Some x) = x\n#show f;;\nlet () = print_int (f (Some 1))\n', []],
    ['#use "nosuch.ml";;\nlet () = print_endline "not run"', []],
  ])(
    'runs as with ocaml: %j',
    (text, args) => {
      const name = file('script.ml', text)
      expect(run([name, ...args])).toEqual(run([name, ...args], '', 'ocaml'))
    },
    wait,
  )

  it(
    'comes from -e and -stdin too',
    () => {
      expect(run(['-e', 'print_int (6 * 7)'])).toEqual({ stdout: '42', stderr: '', status: 0 })
      expect(run(['-stdin'], 'print_int 1;; raise Exit')).toEqual({
        stdout: '1',
        stderr: 'Exception: Stdlib.Exit.\n',
        status: 2,
      })
    },
    wait,
  )
})

describe('files at the prompt', () => {
  const flags = ['-noinit', '-no-version', '-noprompt']

  it.runIf(hasOcaml)(
    'are used as with ocaml',
    () => {
      file('used.ml', 'let a = 1\nlet b = 2;;\na + b;;\n#show a;;\nlet c = 1 + true\n')
      file('module.ml', 'type t = A | B of int\nlet x = B 1\n')
      const input = '#use "used.ml";;\n#mod_use "module.ml";;\nModule.x;;\n#cd "/nonexistent";;\n'
      expect(run(flags, input)).toEqual(run(flags, input, 'ocaml'))
    },
    wait,
  )

  it(
    'are loaded as units, with what they import',
    () => {
      file('below.ml', 'let n = 20\n')
      file('above.ml', 'let () = print_endline "loading"\nlet m = Below.n + 1\n')
      const input = '#load "above.cmo";;\nAbove.m;;\n#load "nosuch.cmo";;\n'
      expect(run(flags, input).stdout).toBe('loading\n- : int = 21\nCannot find file nosuch.cmo.\n\n')
    },
    wait,
  )

  it(
    'include the init file',
    () => {
      file('init.ml', 'let greeting = "hi";;\n')
      expect(run(['-init', 'init.ml', '-no-version', '-noprompt'], 'greeting;;\n').stdout).toBe(
        '- : string = "hi"\n\n',
      )
    },
    wait,
  )
})

// ---------------------------------------------------------------------------------------------------------

/** What a terminal shows, without the editor's cursor movements. */
class Screen {
  private readonly child: ChildProcessWithoutNullStreams
  private shown = ''
  private seen = 0
  readonly ended: Promise<number | null>

  constructor() {
    const env = { ...process.env, TERM: 'xterm', XDG_STATE_HOME: folder }
    // `exec`: a shell that stays would end with the signals that were meant for the prompt.
    this.child = spawn('script', ['-qec', `exec ${joctop} -noinit`, '/dev/null'], { cwd: folder, env })
    this.child.stdout.on('data', (chunk: Buffer) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
      this.shown += chunk.toString().replace(/\x1b\[[\d;]*[A-Za-z]/g, '')
    })
    this.ended = new Promise((done) => this.child.on('close', done))
  }

  /** Types, then waits for something that was not there before. */
  async type(keys: string, expected: string | RegExp): Promise<void> {
    this.child.stdin.write(keys)
    const found = (): number => {
      const rest = this.shown.slice(this.seen)
      const match = typeof expected === 'string' ? rest.indexOf(expected) : rest.search(expected)
      return match < 0 ? -1 : this.seen + match
    }
    for (let i = 0; i < 300; i++) {
      const at = found()
      if (at >= 0) {
        this.seen = at + (typeof expected === 'string' ? expected.length : 1)
        return
      }
      await new Promise((done) => setTimeout(done, 50))
    }
    throw new Error(`no ${expected} in ${JSON.stringify(this.shown.slice(this.seen))}`)
  }
}

describe.runIf(spawnSync('script', ['--version']).status === 0)('a terminal', () => {
  it(
    'edits phrases of several lines, breaks off what runs, and keeps the session and the history',
    async () => {
      const screen = new Screen()
      await screen.type('', '# ')
      await screen.type('let x = 1\r', '  ')
      await screen.type('+ 2;;\r', 'val x : int = 3')
      await screen.type('', '# ')
      await screen.type('let rec f () = f () in f ();;\r', 'f ();;')
      await screen.type('\x03', 'Interrupted.')
      await screen.type('', '# ')
      await screen.type('x * 14;;\r', '- : int = 42')
      await screen.type('', '# ')
      await screen.type('let s = read_line ();;\r', 'read_line ();;')
      await screen.type('typed\r', 'val s : string = "typed"')
      await screen.type('', '# ')
      await screen.type('try while true do () done with Sys.Break -> print_endline "caught";;\r', 'caught";;')
      await screen.type('\x03', /caught\r/)
      await screen.type('', '# ')
      await screen.type('half a phr\x03', 'Interrupted.')
      await screen.type('', '# ')
      // Up three times: the line before the last two.
      await screen.type('\x1b[A\x1b[A\x1b[A\r', '- : int = 42')
      await screen.type('', '# ')
      await screen.type('\x04', '\n')
      expect(await screen.ended).toBe(0)
      const history = readFileSync(join(folder, 'camlnode/joctop_history'), 'utf8')
      expect(history.startsWith('let x = 1\n+ 2;;\n')).toBe(true)
    },
    wait,
  )
})

describe('threads and effects', () => {
  const script = `let lock = Mutex.create () and filled = Condition.create () and items = Queue.create ();;
let put i = Mutex.protect lock (fun () -> Queue.add i items; Condition.signal filled);;
let producer = Thread.create (fun () -> for i = 1 to 3 do Thread.delay 0.001; put i done) ();;
let take () = Mutex.protect lock (fun () -> while Queue.is_empty items do Condition.wait filled lock done; Queue.take items);;
let a = take () in let b = take () in [a; b; take ()];;
Thread.join producer;;
Domain.join (Domain.spawn (fun () -> List.fold_left (+) 0 [1; 2; 3]));;
let spinning = Thread.create (fun () -> while true do Thread.yield () done) ();;
let failing = Thread.create (fun () -> raise Exit) () in Thread.join failing;;
type _ Effect.t += Ask : int Effect.t;;
match Effect.perform Ask + 1 with n -> n | effect Ask, k -> Effect.Deep.continue k 41;;
Effect.perform Ask;;
`
  it(
    'live from one phrase to the next',
    () => {
      expect(run(['-noinit', '-no-version', '-noprompt'], script)).toEqual({
        stdout: `val lock : Mutex.t = <abstr>
val filled : Condition.t = <abstr>
val items : '_weak1 Queue.t = <abstr>
val put : '_weak2 -> unit = <fun>
val producer : Thread.t = <abstr>
val take : unit -> int = <fun>
- : int list = [1; 2; 3]
- : unit = ()
- : int = 6
val spinning : Thread.t = <abstr>
- : unit = ()
type _ Effect.t += Ask : int Effect.t
- : int = 42
Exception: Stdlib.Effect.Unhandled(Ask)

`,
        stderr: 'Thread 4 killed on uncaught exception Stdlib.Exit\n',
        status: 0,
      })
    },
    wait,
  )
})
