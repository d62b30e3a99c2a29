/**
 * `joctop [FILE.ml]`: the prompt, with OCaml's answers; a script on stdin or in a file.
 *
 * Without a terminal everything runs in this thread.
 */

import { type JoctopOptions, parseOptions, usage } from './joctop-options.ts'
import { runScript } from './joctop-session.ts'

function main(args: readonly string[]): number {
  const options = parseOptions(args)
  switch (options.kind) {
    case 'help':
      process.stdout.write(usage)
      return 0
    case 'version':
      process.stdout.write(`${options.text}\n`)
      return 0
    case 'wrong':
      process.stderr.write(`${options.message}\n${usage}`)
      return 2
    case 'run':
      return run(options)
  }
}

function run(options: JoctopOptions): number {
  return runScript(options)
}

process.exitCode = main(process.argv.slice(2))
