/**
 * The user's cache of compiled units: `$XDG_CACHE_HOME/camlnode` or `~/.cache/camlnode`, a folder for each compiler, a file for each
 * key.
 *
 * A file is written under another name and renamed, so that no process ever reads a part of one; what is read is
 * checked by whoever asked. A cache that cannot be used is none: nothing fails because of it. When it has grown
 * beyond `limits`, what has not been used for the longest time goes.
 */

import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { type Digest, noDigest } from '../engine/image.ts'
import { noCache, type UnitCache } from '../engine/unit-store.ts'
import { libraryImage } from './machine.ts'
import { runsFromBuild } from './source-folders.ts'

const limits = { bytes: 256 * 1024 * 1024, files: 5000 }
const day = 24 * 60 * 60 * 1000
/** Folders of compilers that nobody has used for this long go too. */
const oldAge = 30 * day

/** Sources that run unbundled, as in tests, are not the compiler that the build's digest names: they have no cache. */
export function userCache(): UnitCache {
  const base = cacheFolder()
  if (base === undefined || !runsFromBuild()) return noCache
  const { compiler } = libraryImage()
  return compiler === noDigest ? noCache : folderCache(base, compiler)
}

function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME: named } = process.env
  if (named !== undefined && isAbsolute(named)) return join(named, 'camlnode')
  const home = attempt(homedir)
  return home === undefined || !isAbsolute(home) ? undefined : join(home, '.cache/camlnode')
}

/** The cache of one compiler in `base`. */
export function folderCache(base: string, compiler: Digest): UnitCache {
  const folder = join(base, compiler.slice(0, 32))
  return {
    read: (key) =>
      attempt(() => isPrivate(folder)) === true ? attempt(() => readEntry(join(folder, key))) : undefined,
    write: (key, bytes) =>
      attempt(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        if (!isPrivate(folder)) return
        writeEntry(join(folder, key), bytes)
        // Counting takes as long as there are entries, so not every process does it.
        if (key.startsWith('0')) prune(base, folder)
      }),
  }
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}

/** What is read is run: only what this user has written is trusted. */
function isPrivate(folder: string): boolean {
  const { uid, mode } = statSync(folder)
  return uid === process.getuid?.() && (mode & 0o022) === 0
}

function readEntry(file: string): Uint8Array {
  const bytes = readFileSync(file)
  const now = Date.now()
  if (now - statSync(file).mtimeMs > day) utimesSync(file, now / 1000, now / 1000)
  return bytes
}

function writeEntry(file: string, bytes: Uint8Array): void {
  const written = `${file}.${process.pid}`
  try {
    writeFileSync(written, bytes, { mode: 0o600 })
    renameSync(written, file)
  } catch (error) {
    rmSync(written, { force: true })
    throw error
  }
}

interface Entry {
  readonly path: string
  readonly bytes: number
  readonly used: number
}

function entriesOf(folder: string): Entry[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    return found === undefined ? [] : [{ path, bytes: found.size, used: found.mtimeMs }]
  })
}

/** Removes other compilers' old folders, and of this one's entries the least recently used beyond three quarters of the limits. */
function prune(base: string, folder: string): void {
  for (const { path, used } of entriesOf(base)) {
    if (path !== folder && Date.now() - used > oldAge) rmSync(path, { recursive: true, force: true })
  }
  const entries = entriesOf(folder).sort((a, b) => b.used - a.used)
  const total = entries.reduce((sum, e) => sum + e.bytes, 0)
  if (total <= limits.bytes && entries.length <= limits.files) return
  let kept = 0
  entries.forEach(({ path, bytes }, i) => {
    kept += bytes
    if (kept > limits.bytes * 0.75 || i >= limits.files * 0.75) rmSync(path, { force: true })
  })
}
