/**
 * `node build/cli/load.js COMMAND [ARG…]`: runs build/cli/COMMAND.js with what V8 remembered of compiling it.
 *
 * Parsing a megabyte of bundled source takes longer than everything else in the start of a small program. So the first run leaves
 * V8's code cache of each bundle in `build/code-cache/`, by the version and the flags of Node.js, which V8 checks
 * again. A cache that is not there, does not fit or cannot be written only makes the start slower.
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { Script } from 'node:vm'

interface Module {
  exports: unknown
}

type Wrapper = (exports: unknown, require: NodeRequire, module: Module, file: string, folder: string) => void

const build = resolve(__dirname, '..')
const cacheFolder = join(
  build,
  'code-cache',
  [process.version, ...process.execArgv].join(' ').replace(/[^\w.=-]/g, '_'),
)
const modules = new Map<string, Module>()
const uncached: { readonly file: string; readonly script: Script }[] = []

/** A bundle and, through it, the bundles that it requires; everything else is required as usual. */
function load(file: string): unknown {
  const known = modules.get(file)
  if (known !== undefined) return known.exports
  const module: Module = { exports: {} }
  modules.set(file, module)
  const usual = createRequire(file)
  const require = (name: string): unknown =>
    name.startsWith('.') ? load(resolve(dirname(file), name)) : usual(name)
  const wrapper = compile(file).runInThisContext() as Wrapper
  wrapper(module.exports, Object.assign(require, usual) as NodeRequire, module, file, dirname(file))
  return module.exports
}

function compile(file: string): Script {
  const cacheFile = join(cacheFolder, basename(file))
  const cachedData = readIfThere(cacheFile)
  const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'utf8')}\n})`
  const script = new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) })
  if (script.cachedDataRejected !== false) uncached.push({ file: cacheFile, script })
  return script
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function writeCache(file: string, script: Script): void {
  try {
    mkdirSync(cacheFolder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, script.createCachedData())
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // The package's folder may belong to somebody else.
  }
}

const [, , command] = process.argv
const program = join(build, 'cli', `${command}.js`)
process.argv.splice(1, 2, program)
// When the process ends, so that the caches have the functions that were used.
process.once('exit', () => {
  for (const { file, script } of uncached) writeCache(file, script)
})
load(program)
