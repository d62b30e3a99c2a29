/** TypeScript for a thread that runs plain Node: a data URL of the module without its types. */

import { readFileSync } from 'node:fs'
import { transformWithOxc } from 'vite'

export async function stripTypes(file: URL): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file.pathname)
  return `data:text/javascript,${encodeURIComponent(code)}`
}
