/** The command `camlnode`: start, port, demo, check, stubs. See docs/COMMANDS.md. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageVersion } from '../base/language-version.ts'
import { packageRoot } from '../daemon/source-folders.ts'
import { check } from './check.ts'
import { demo } from './demo.ts'
import { port } from './port.ts'
import { start } from './start.ts'
import { stubs } from './stubs.ts'
import { UsageError } from './usage.ts'

const usage = `usage: camlnode start [--config FILE] [--name N@H] [--cookie-file F] [--module FILE.ml]…
                      [--listen ADDR[:PORT]] [--connect N@H]…
                      [--no-epmd] [--keep-without-stdin]
       camlnode port [--config FILE] [--name N@H] [--module FILE.ml]…
                     [--log-frames] [--heartbeat MS]
       camlnode demo
       camlnode check [--config FILE] [FILE.ml…]
       camlnode stubs FILE.ml… [-o FILE.erl | -o FOLDER] [--name MODULE] [--elixir]
       camlnode --version
`

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start,
  port,
  demo,
  check,
  stubs,
}

/** Of this program and of its language. */
function version(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string
  }
  return `camlnode ${version}, OCaml ${languageVersion}\n`
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    process.stdout.write(version())
    return 0
  }
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    const asked = name === '--help' || name === '-h' || name === 'help'
    if (!asked && name !== undefined) process.stderr.write(`camlnode: unknown command ${name}\n`)
    ;(asked ? process.stdout : process.stderr).write(usage)
    return asked ? 0 : 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(usage)
    return 0
  }
  try {
    return await command(args)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`camlnode ${name}: ${error.message}\n${usage}`)
    return 2
  }
}

// What is still open (a pipe nobody reads, a timer) must not keep a finished command alive.
main(process.argv.slice(2)).then((status) => process.exit(status))
