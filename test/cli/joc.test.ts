/** `joc`: separate compilation and linking as `ocamlc` does them, and images that `jocrun` must not trust. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Finished, runCommand, Scratch } from '../daemon/camlnode.ts'

const sources = {
  'a.ml': 'let x = 1\ntype t = T of int\n',
  'b.ml': 'let y = A.x + 1\nlet () = print_int y; print_newline ()\n',
  'c.ml': 'let z = A.x + B.y\nlet () = print_int z; print_newline ()\n',
}

class Project extends Scratch {
  joc(...args: readonly string[]): Finished {
    return runCommand('joc', args, { cwd: this.folder })
  }

  jocrun(...args: readonly string[]): Finished {
    return runCommand('jocrun', args, { cwd: this.folder })
  }

  writeBytes(file: string, bytes: Uint8Array): void {
    writeFileSync(join(this.folder, file), bytes)
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file))
  }

  read(file: string): Buffer {
    return readFileSync(join(this.folder, file))
  }
}

const silent: Finished = { status: 0, stdout: '', stderr: '' }
const failure = (stderr: string): Finished => ({ status: 2, stdout: '', stderr })

describe('programs', () => {
  test('a program of several sources', () => {
    const p = new Project(sources)
    expect(p.joc('-o', 'prog', 'a.ml', 'b.ml', 'c.ml')).toEqual(silent)
    expect(p.jocrun('prog')).toEqual({ status: 0, stdout: '2\n3\n', stderr: '' })
    expect(p.has('a.jcu')).toBe(false)
  })

  test('units compiled one by one, in archives, with libraries that are always there', () => {
    const p = new Project(sources)
    for (const file of ['a.ml', 'b.ml', 'c.ml']) expect(p.joc('-c', file)).toEqual(silent)
    expect(p.joc('unix.cma', 'a.jcu', 'b.jcu', 'str.cma')).toEqual(silent)
    expect(p.jocrun('a.out').stdout).toBe('2\n')
    expect(p.joc('-a', '-o', 'l.jca', 'a.jcu', 'b.jcu')).toEqual(silent)
    expect(p.joc('-o', 'prog', 'l.jca', 'c.jcu')).toEqual(silent)
    expect(p.jocrun('prog').stdout).toBe('2\n3\n')
  })

  test('an external that the runtime does not have is found by the linker', () => {
    const p = new Project({ 'a.ml': 'external f : int -> int = "no_such"\nlet x = f 1\n' })
    expect(p.joc('-c', 'a.ml')).toEqual(silent)
    const why = "The external function `no_such' is not available"
    const stderr = `File "_none_", line 1:\nError: Error while linking a.jcu:\n       ${why}\n`
    expect(p.joc('-o', 'prog', 'a.jcu')).toEqual(failure(stderr))
    expect(p.has('prog')).toBe(false)
  })

  test('of an archive only what is needed is linked', () => {
    const p = new Project({ ...sources, 'd.ml': 'let () = print_endline "d"', 'e.ml': 'let _ = A.x' })
    expect(p.joc('-a', '-o', 'l.jca', 'a.ml', 'd.ml')).toEqual(silent)
    expect(p.joc('-c', 'a.ml')).toEqual(silent)
    expect(p.joc('l.jca', 'e.ml')).toEqual(silent)
    expect(p.jocrun('a.out')).toEqual(silent)
    expect(p.joc('-linkall', 'l.jca', 'e.ml')).toEqual(silent)
    expect(p.jocrun('a.out').stdout).toBe('d\n')
  })

  test('an exception, arguments, the name of a library unit', () => {
    const p = new Project({
      'queue.ml': 'let length = "mine"',
      'main.ml': 'let () = print_endline (Queue.length ^ Sys.argv.(1)); raise Not_found',
    })
    expect(p.joc('-o', 'prog', 'queue.ml', 'main.ml')).toEqual(silent)
    expect(p.jocrun('prog', ' x')).toEqual({
      status: 2,
      stdout: 'mine x\n',
      stderr: 'Fatal error: exception Not_found\n',
    })
  })

  test('interfaces', () => {
    const p = new Project({ ...sources, 'a.mli': 'val x : int\n' })
    expect(p.joc('-c', 'a.ml')).toEqual(
      failure('File "a.ml", line 1:\nError: Could not find the .jci file for interface a.mli.\n'),
    )
    expect(p.joc('-c', 'a.mli')).toEqual(silent)
    expect(p.joc('-o', 'prog', 'a.ml', 'b.ml')).toEqual(silent)
    expect(p.jocrun('prog').stdout).toBe('2\n')
    p.write('a.mli', 'val x : string\n')
    expect(p.joc('-c', 'a.mli', 'a.ml').stderr).toMatch(
      /^File "a.ml", line 1:\nError: The implementation a.ml/,
    )
  })

  test('-i prints the inferred interface', () => {
    const p = new Project({
      'a.ml': 'type t = A | B of int\nlet f = function A -> 0 | B n -> n\nmodule M = List\n',
    })
    expect(p.joc('-i', 'a.ml')).toEqual({
      status: 0,
      stdout: 'type t = A | B of int\nval f : t -> int\nmodule M = List\n',
      stderr: '',
    })
  })

  test('-open, -nopervasives', () => {
    const p = new Project({ 'a.ml': 'let f = length []', 'b.ml': 'let x = 1 + 1' })
    expect(p.joc('-open', 'List', '-i', 'a.ml').stdout).toBe('val f : int\n')
    expect(p.joc('-nopervasives', '-c', 'b.ml').stderr).toContain('Error: Unbound value +')
  })
})

describe('what does not fit together', () => {
  test('a unit that has not been compiled', () => {
    const p = new Project(sources)
    expect(p.joc('-o', 'prog', 'b.ml', 'a.ml')).toEqual(
      failure(
        'File "b.ml", line 1, characters 8-11:\n1 | let y = A.x + 1\n            ^^^\nError: Unbound module A\n',
      ),
    )
  })

  test('the order, and what is missing', () => {
    const p = new Project(sources)
    p.joc('-c', 'a.ml', 'b.ml')
    expect(p.joc('b.jcu', 'a.jcu')).toEqual(
      failure('File "_none_", line 1:\nError: Wrong link order: B depends on A\n'),
    )
    expect(p.joc('b.jcu')).toEqual(
      failure('File "_none_", line 1:\nError: Module `A\' is unavailable (required by `B\')\n'),
    )
    expect(p.joc('a.jcu', 'a.jcu').stderr).toBe(
      'File "a.jcu", line 1:\nError (warning 31 [module-linked-twice]): files a.jcu and a.jcu both define a module named A\n',
    )
  })

  test('interfaces that have changed', () => {
    const p = new Project(sources)
    p.joc('-c', 'a.ml', 'b.ml')
    p.write('a.ml', '(* the same *) let x = 1 type t = T of int')
    p.joc('-c', 'a.ml')
    expect(p.joc('-c', 'c.ml')).toEqual(silent)
    p.write('a.ml', 'let x = 1')
    p.joc('-c', 'a.ml')
    expect(p.joc('a.jcu', 'b.jcu')).toEqual(
      failure(
        'File "_none_", line 1:\nError: Files b.jcu and a.jcu make inconsistent assumptions over interface A\n',
      ),
    )
    expect(p.joc('-c', 'c.ml')).toEqual(
      failure(
        'File "c.ml", line 1:\nError: The files a.jci and b.jci make inconsistent assumptions\n       over interface A\n',
      ),
    )
  })

  test.each([
    [['-c', 'nope.ml'], 'File "nope.ml", line 1:\nError: I/O error: nope.ml: No such file or directory\n'],
    [['nope.jcu'], 'File "_none_", line 1:\nError: Cannot find file nope.jcu\n'],
    [['foo.txt'], "don't know what to do with foo.txt\n"],
    [['-zork'], "joc: unknown option '-zork'.\n"],
    [['-pp', 'cat', 'a.ml'], 'joc: -pp: preprocessors are not supported.\n'],
    [['-w', '+4..2', 'a.ml'], 'joc: Ill-formed list of warnings.\n'],
  ])('%j', (args, message) => {
    const { status, stderr } = new Project(sources).joc(...args)
    expect(status).toBe(2)
    expect(stderr.startsWith(message)).toBe(true)
  })
})

describe('images', () => {
  test('what is no image of this compiler is refused', () => {
    const p = new Project(sources)
    p.joc('-o', 'prog', 'a.ml', 'b.ml')
    const bytes = p.read('prog')
    const changed = (at: number): Buffer => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] as number) ^ 0x55
      return copy
    }
    p.writeBytes('short', bytes.subarray(0, 20))
    p.writeBytes('cut', bytes.subarray(0, 2000))
    p.writeBytes('other', changed(10))
    p.joc('-c', 'a.ml')
    expect(p.jocrun('short').stderr).toBe('jocrun: short: not a camlnode image\n')
    expect(p.jocrun('cut').stderr).toBe('jocrun: cut: the image is damaged\n')
    expect(p.jocrun('other').stderr).toBe(
      'jocrun: other: compiled by another version of camlnode; compile it again\n',
    )
    expect(p.jocrun('a.jcu').stderr).toBe('jocrun: a.jcu: not a program\n')
    for (const at of [44, 80, 500, bytes.length - 1]) {
      p.writeBytes('damaged', changed(at))
      expect(p.jocrun('damaged')).toEqual(failure('jocrun: damaged: the image is damaged\n'))
    }
  })
})
