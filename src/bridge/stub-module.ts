/** What a generated module has, whichever language it is in. */

import type { RefusedExport } from './exports.ts'
import type { OutsideForm, OutsideFunction, OutsideInterface } from './outside-type.ts'

export interface StubOptions {
  /** The name of the generated module. */
  readonly module: string
  /** The generated modules of the units that are printed together. */
  readonly moduleOf: ReadonlyMap<string, string>
  /** The file that it is made from. */
  readonly source: string
  readonly documentation: (value: string) => string | undefined
  readonly refused: readonly RefusedExport[]
}

export interface StubModule {
  readonly functions: readonly OutsideFunction[]
  readonly leftOut: readonly RefusedExport[]
  /** The name of the function that makes the calls. */
  readonly remote: string
  /** One of the functions has the name and arity of a test that `remote` uses. */
  readonly hidesTests: boolean
}

/** Name and arity, of the generated function: it takes the target first. */
const arityOf = (name: string, form: OutsideForm): string => `${name}/${form.parameters.length + 1}`

/** `own`: functions that every module of the language has. */
export function stubModule(
  description: OutsideInterface,
  { refused }: StubOptions,
  own: readonly string[],
): StubModule {
  const functions: OutsideFunction[] = []
  const leftOut = [...refused]
  for (const f of description.functions) {
    const forms = f.forms.filter((form) => !own.includes(arityOf(f.name, form)))
    if (forms.length > 0) functions.push({ ...f, forms })
    else leftOut.push({ name: f.name, type: f.type, reason: 'every module has a function of this name' })
  }
  const taken = new Set(functions.flatMap((f) => f.forms.map((form) => arityOf(f.name, form))))
  let remote = 'remote'
  while (taken.has(`${remote}/3`)) remote += '_'
  return { functions, leftOut, remote, hidesTests: taken.has('is_atom/1') || taken.has('is_function/2') }
}

/** Variables for the parameters: their labels, as `spell` writes them, else numbered. `target` is taken. */
export function variableNames(
  form: OutsideForm,
  target: string,
  spell: (label: string) => string | undefined,
  numbered: (n: number) => string,
): readonly string[] {
  const used = new Set([target])
  return form.parameters.map(({ label }, i) => {
    const plain = label?.replace(/[^A-Za-z0-9_]/g, '').replace(/^_+/, '') ?? ''
    let name = (/^[a-z]/.test(plain) ? spell(plain) : undefined) ?? numbered(i + 1)
    while (used.has(name)) name += '_'
    used.add(name)
    return name
  })
}
