/** `joc`: the compiler as a command, in the manner of `ocamlc`. See docs/COMMANDS.md. */

import { languageVersion } from '../base/language-version.ts'
import { warningHelp } from '../base/warnings.ts'
import { parseJocOptions, usage } from './joc-options.ts'
import { JocSession } from './joc-session.ts'
import { UsageError } from './usage.ts'

function main(args: readonly string[]): number {
  const answer = answerTo(args)
  if (answer !== undefined) {
    process.stdout.write(answer)
    return 0
  }
  try {
    const options = parseJocOptions(args)
    if (options.files.length === 0) throw new UsageError('no input files')
    return new JocSession(options).run()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(
      `joc: ${error.message}.\nUsage: joc <options> <files>\nTry 'joc --help' for more information.\n`,
    )
    return 2
  }
}

/** What some options print instead of compiling. */
function answerTo(args: readonly string[]): string | undefined {
  const asked = (...options: readonly string[]): boolean => options.some((o) => args.includes(o))
  if (asked('-help', '--help')) return usage
  if (asked('-version', '--version', '-vnum')) return `${languageVersion}\n`
  if (asked('-v')) return `The OCaml compiler of camlnode, version ${languageVersion}\n`
  return asked('-warn-help') ? warningHelp() : undefined
}

process.exitCode = main(process.argv.slice(2))
