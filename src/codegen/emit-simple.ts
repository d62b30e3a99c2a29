/** Emission of expressions: operands first, then the instruction. */

import type { Assembler } from '../wasm/assembler.ts'
import type { Simple, Variable } from './code.ts'

export function emitSimple(
  a: Assembler,
  simple: Simple,
  local: (variable: Variable) => number,
  externals: { external(name: string): number },
): void {
  const push = (s: Simple): void => emitSimple(a, s, local, externals)
  switch (simple.kind) {
    case 'variable':
      return a.get(local(simple.variable))
    case 'i32':
      return a.i32(simple.value)
    case 'i64':
      return a.i64(simple.value)
    case 'f64':
      return a.f64(simple.value)
    case 'relocated':
      return a.relocated(simple.type, simple.base, simple.addend)
    case 'op':
      simple.arguments.forEach(push)
      return a.op(simple.op)
    case 'truncate':
      push(simple.argument)
      return a.i64TruncSatF64()
    case 'load':
      push(simple.address)
      return a.memory(simple.op, simple.offset)
    case 'conditional':
      push(simple.condition)
      a.if(simple.type)
      push(simple.then)
      a.op('else')
      push(simple.otherwise)
      return a.op('end')
    case 'pureCall':
      simple.arguments.forEach(push)
      return a.call(externals.external(simple.external))
  }
}
