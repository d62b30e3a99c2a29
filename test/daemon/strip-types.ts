/** TypeScript for a thread that runs plain Node: a data URL of the module without its types, and of what it imports. */

import { readFileSync } from 'node:fs'
import { transformWithOxc } from 'vite'

export async function stripTypes(file: URL): Promise<string> {
  let { code } = await transformWithOxc(readFileSync(file, 'utf8'), file.pathname)
  for (const [whole, name] of code.matchAll(/from "(\.[^"]*)"/g)) {
    code = code.replace(whole, `from "${await stripTypes(new URL(name as string, file))}"`)
  }
  return `data:text/javascript,${encodeURIComponent(code)}`
}
