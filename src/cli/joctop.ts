/**
 * `joctop [FILE.ml]`: the prompt, with OCaml's answers; a script on stdin or in a file.
 *
 * Without a terminal everything runs in this thread; with one, phrases run in another, so that they can be interrupted.
 */

import { type JoctopOptions, parseOptions, usage } from './joctop-options.ts'
import { runScript } from './joctop-session.ts'

async function main(args: readonly string[]): Promise<number> {
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

async function run(options: JoctopOptions): Promise<number> {
  if (options.script.kind !== 'none' || !process.stdin.isTTY) return runScript(options)
  const { runTerminal } = await import('./joctop-terminal.ts')
  return runTerminal(process.argv.slice(2))
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status
})
