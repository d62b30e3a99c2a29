/** Entering an OCaml function from the prompt: `(sp, args) → result`, 0 when the stack unwinds. Closures: docs/RUNTIME.md. */

import { preludeFunction } from '../../codegen/prelude-table.ts'
import type { Linker } from '../linker.ts'
import type { HeapView, Value } from './heap-view.ts'

type Code = (...words: (number | bigint)[]) => bigint

export function applyClosure(
  linker: Linker,
  heap: HeapView,
  closure: Value,
  sp: number,
  args: readonly Value[],
): bigint {
  const count = args.length
  const arity = Number(heap.field(closure, 1) >> 33n)
  if (count > 1 && count !== arity) {
    const apply = linker.preludeFunction(preludeFunction('apply', count)) as unknown as Code
    return apply(sp, ...args, closure)
  }
  const index = heap.int(heap.field(closure, count === 1 ? 0 : 2))
  return (linker.functionAt(Number(index)) as unknown as Code)(sp, ...args, closure)
}
