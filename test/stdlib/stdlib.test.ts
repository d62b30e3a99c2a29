/**
 * The library alone, without our engine: the real OCaml compiles src/stdlib in place of its own library, and the golden programs
 * must print with it what they print with OCaml's.
 *
 * Without OCaml there is nothing to compare with; the golden programs then still test the library on our engine.
 */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseGolden, readText } from '../golden/golden-file.ts'
import { hasOcaml, limited, runReference } from '../golden/run.ts'
import { buildLibrary } from './build-library.ts'

const golden = resolve(import.meta.dirname, '../golden')
const programsIn = (folder: string) =>
  readdirSync(join(golden, folder)).filter((name) => name.endsWith('.ml'))
const available = hasOcaml()

/** These units use primitives that the installed OCaml's runtime does not have, or has in another form, and green threads. */
const ourUnits =
  'Bigarray|Callback|Condition|Digest|Domain|Ephemeron|Event|Filename|In_channel|Marshal|Mutex|Out_channel|Random|Semaphore|Thread|Unix|Weak'
const mentionsOurUnits = new RegExp(`\\b(${ourUnits})\\.|\\bopen (${ourUnits})\\b`)

/** OCaml's compiler takes the type of a format from its CamlinternalFormatBasics; ours leaves it open there. */
const dependsOnTypesOfFormats = new Set(['printf_format_values.ml', 'syntax_precedence.ml'])

const runsThere = (folder: string) => (name: string) =>
  !mentionsOurUnits.test(readText(join(golden, folder, name))) && !dependsOnTypesOfFormats.has(name)

/**
 * What OCaml compiles classes and recursive modules to calls functions of its CamlinternalOO and CamlinternalMod that ours does not
 * have: it has those that our compiler calls.
 */
const usesCompilerUnits = (name: string) =>
  /^ *(class|module rec) |\bobject$|\bobject (\(|val|method|inherit|end)/m.test(
    readText(join(golden, 'programs', name)),
  )

/** Milliseconds for one program, and for those before it in the queue. */
const waitIncluded = 120_000

/** OCaml names its library's units Stdlib__Queue and prints Stdlib.Queue; compiled by their own names they are Queue. */
const withoutPrefix = (text: string) => text.replace(/Stdlib\.(?=[A-Z]\w*\.)/g, '')

describe.runIf(available)('src/stdlib under the real OCaml', () => {
  const library = mkdtempSync(join(tmpdir(), 'stdlib-'))
  const inTurn = limited()
  beforeAll(() => buildLibrary(library))
  afterAll(() => rmSync(library, { recursive: true, force: true }))

  const execute = async (path: string, stdin: string) => {
    const { compile, execute } = await inTurn(() => runReference(path, stdin, library))
    expect(compile.stderr).toBe('')
    return {
      stdout: withoutPrefix(execute!.stdout),
      stderr: withoutPrefix(execute!.stderr),
      status: execute!.status,
    }
  }

  it.concurrent.each(programsIn('stdlib').filter(runsThere('stdlib')))(
    'stdlib/%s',
    async (name) => {
      const path = join(golden, 'stdlib', name)
      const { stdin } = parseGolden(readText(path))
      const { stdout } = await execute(path, stdin)
      expect(stdout).toBe(withoutPrefix(readText(path.replace(/ml$/, 'expected'))))
    },
    waitIncluded,
  )

  it.concurrent.each(
    programsIn('programs')
      .filter(runsThere('programs'))
      .filter((name) => !usesCompilerUnits(name)),
  )(
    'programs/%s',
    async (name) => {
      const path = join(golden, 'programs', name)
      const { stdin, expected } = parseGolden(readText(path))
      const { stdout, stderr, status } = expected!
      const wanted = { stdout: withoutPrefix(stdout), stderr: withoutPrefix(stderr), status }
      expect(await execute(path, stdin)).toEqual(wanted)
    },
    waitIncluded,
  )

  it('has what came after OCaml 4.13', async () => {
    const { stdout } = await execute(join(golden, 'later/library.ml'), '')
    expect(stdout).toBe('all passed\n')
  })
})

describe.runIf(!available)('src/stdlib under the real OCaml', () => {
  it('cannot be compared: ocamlc is not installed', () => {
    console.warn('ocamlc is not installed: the library is tested on our engine alone')
  })
})
