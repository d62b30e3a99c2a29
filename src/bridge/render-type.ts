/** Types on one line, as OCaml prints them. */

import type { Env } from '../typing/env.ts'
import { renderMessage } from '../typing/pretty.ts'
import { printType } from '../typing/print-type.ts'
import type { Type } from '../typing/types.ts'

export function renderType(env: Env, type: Type): string {
  return renderMessage(printType(env, type)).replace(/\s+/g, ' ')
}
