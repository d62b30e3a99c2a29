/** Extension nodes: nothing here gives them a meaning. */

import { fail } from '../base/diagnostic.ts'
import type { Region } from '../base/region.ts'

/** Stops at the name in `[%name …]`, `let%name …` and the like. */
export function failUninterpreted(region: Region, name: string): never {
  const { source, start, end } = region
  const text = new TextDecoder('latin1').decode(source.bytes.subarray(start, end))
  const at = text.search(/%/)
  const from = at < 0 ? -1 : text.indexOf(name, at)
  const message = `Uninterpreted extension '${name}'.`
  fail(from < 0 ? region : { source, start: start + from, end: start + from + name.length }, message)
}
