/**
 * An Erlang module that calls an OCaml module: a function for each exported function, with types.
 *
 * It needs nothing but `erpc`. The first argument of each function says where the call goes.
 */

import { erlangModule } from './names.ts'
import {
  mentions,
  type OutsideForm,
  type OutsideFunction,
  type OutsideInterface,
  type TypeDefinition,
  valuesOf,
} from './outside-type.ts'
import { type Dialect, lineWidth, printOutsideType } from './print-outside-type.ts'
import { type StubModule, type StubOptions, stubModule, variableNames } from './stub-module.ts'

const reserved = new Set(
  `after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse query
  receive rem try when xor`.split(/\s+/),
)

/** An atom, in quotes where it needs them. */
export function erlangAtom(name: string): string {
  if (/^[a-z][a-zA-Z0-9_@]*$/.test(name) && !reserved.has(name)) return name
  return `'${name.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
}

/** `unit`: the one whose module is printed. */
export function erlangDialect(unit: string, moduleOf: ReadonlyMap<string, string>): Dialect {
  return {
    builtins: {
      integer: 'integer()',
      float: 'float()',
      number: 'number()',
      boolean: 'boolean()',
      binary: 'binary()',
      chardata: 'unicode:chardata()',
      reference: 'reference()',
      atom: 'atom()',
      term: 'term()',
      pid: 'pid()',
      port: 'port()',
      function: 'fun()',
    },
    atom: erlangAtom,
    parameter: erlangVariable,
    tuple: (elements) => `{${elements.join(', ')}}`,
    record: (fields) => `#{${fields.map((f) => `${erlangAtom(f.name)} := ${f.type}`).join(', ')}}`,
    table: (key, data) => `#{${key} => ${data}}`,
    fun: (parameters, result) => `fun((${parameters.join(', ')}) -> ${result})`,
    named: (definition, args) => {
      const name = `${erlangAtom(definition.name)}(${args.join(', ')})`
      const module = definition.unit === unit ? undefined : moduleOf.get(definition.unit)
      return module === undefined ? name : `${erlangAtom(module)}:${name}`
    },
  }
}

/** What each form of a function takes and gives, without a module around it: what `camlnode check` prints. */
export function erlangSpecs(
  { unit, functions }: OutsideInterface,
  name: string,
  moduleOf: ReadonlyMap<string, string>,
): readonly string[] {
  const dialect = erlangDialect(unit, moduleOf)
  const found = functions.find((f) => f.name === name)
  return (found?.forms ?? []).map((form) => {
    const parameters = form.parameters.map((p) => printOutsideType(dialect, p.type, ''))
    return `${erlangAtom(name)}(${parameters.join(', ')}) -> ${printOutsideType(dialect, form.result, '          ')}`
  })
}

export function erlangTypes(
  { unit, types }: OutsideInterface,
  moduleOf: ReadonlyMap<string, string>,
): readonly string[] {
  const dialect = erlangDialect(unit, moduleOf)
  return types.map((definition) => typeLine(dialect, definition))
}

function typeLine(dialect: Dialect, definition: TypeDefinition): string {
  const { name, parameters, body, opaque, note } = definition
  const names = parameters.map((p) =>
    mentions(body, new Set([p])) ? dialect.parameter(p) : `_${dialect.parameter(p)}`,
  )
  const head = `-${opaque ? 'opaque' : 'type'} ${erlangAtom(name)}(${names.join(', ')}) :: `
  const text = `${head}${printOutsideType(dialect, body, '    ', head.length)}.`
  return note === undefined ? text : `%% ${valuesOf(definition)} of ${note}.\n${text}`
}

export function erlangModuleText(description: OutsideInterface, options: StubOptions): string {
  return new ErlangPrinter(description, options).text()
}

/** Functions that every module has. */
const ownFunctions = ['module_info/0', 'module_info/1']

class ErlangPrinter {
  private readonly description: OutsideInterface
  private readonly options: StubOptions
  private readonly dialect: Dialect
  private readonly module: StubModule

  constructor(description: OutsideInterface, options: StubOptions) {
    this.description = description
    this.options = options
    this.dialect = erlangDialect(description.unit, options.moduleOf)
    this.module = stubModule(description, options, ownFunctions)
  }

  text(): string {
    const { types } = this.description
    const { functions, leftOut } = this.module
    const arities = functions.flatMap((f) =>
      f.forms.map((form) => `${erlangAtom(f.name)}/${form.parameters.length + 1}`),
    )
    const typeArities = types.map((t) => `${erlangAtom(t.name)}/${t.parameters.length}`)
    const parts = [
      this.head(),
      exported('export', arities),
      exported('export_type', ['target/0', ...typeArities]),
      this.target(),
      ...erlangTypes(this.description, this.options.moduleOf),
      ...functions.flatMap((f) => f.forms.map((form) => this.function_(f, form))),
      leftOut.map((r) => `%% Left out: ${r.name} : ${r.type}\n%%     ${r.reason}`).join('\n'),
      functions.length > 0 ? this.remoteFunction() : '',
    ]
    return `${parts.filter((part) => part !== '').join('\n\n')}\n`
  }

  private head(): string {
    const { module, source } = this.options
    const { unit } = this.description
    return [
      `%% @doc Calls the functions of the OCaml module ${edoc(unit)}, which a camlnode serves as`,
      `%% ${code(erlangModule(unit))}. Their first argument is the node, or another way to call: see {@type target()}.`,
      '%%',
      `%% Generated by camlnode stubs from ${edoc(source)}; changes will be lost.`,
      `-module(${erlangAtom(module)}).`,
    ].join('\n')
  }

  private target(): string {
    return [
      '%% A node; a node and how long to wait, as for erpc:call/5; or a function that makes a call of a module, a function and',
      '%% arguments and gives its result: for pools and ports.',
      '-type target() :: node() | {node(), timeout()} | fun((module(), atom(), [term()]) -> term()).',
    ].join('\n')
  }

  private function_(f: OutsideFunction, form: OutsideForm): string {
    const name = erlangAtom(f.name)
    const variables = variableNames(form, 'Target', erlangVariable, (n) => `A${n}`)
    const types = ['target()', ...form.parameters.map((p) => printOutsideType(this.dialect, p.type, ''))]
    const result = printOutsideType(this.dialect, form.result, '          ')
    const spec = `-spec ${name}(${types.join(', ')}) -> ${result}.`
    return [
      this.comment(f),
      spec.length <= lineWidth ? spec : `-spec ${name}(\n    ${types.join(',\n    ')}\n) -> ${result}.`,
      `${name}(${['Target', ...variables].join(', ')}) ->`,
      `    ${this.module.remote}(Target, ${name}, [${variables.join(', ')}]).`,
    ].join('\n')
  }

  private comment(f: OutsideFunction): string {
    const text = this.options.documentation(f.name)
    const type = `${code(f.type)}`
    const lines = text === undefined ? [`@doc ${type}`] : [`@doc ${odoc(text)}`, '', type]
    return lines
      .flatMap((line) => line.split('\n'))
      .map((line) => `%% ${line}`.trimEnd())
      .join('\n')
  }

  private remoteFunction(): string {
    const { remote, hidesTests } = this.module
    const tests = hidesTests ? 'erlang:' : ''
    const module = erlangAtom(erlangModule(this.description.unit))
    return [
      `-spec ${remote}(target(), atom(), [term()]) -> term().`,
      `${remote}(Node, Function, Args) when ${tests}is_atom(Node) ->`,
      `    erpc:call(Node, ${module}, Function, Args);`,
      `${remote}({Node, Timeout}, Function, Args) ->`,
      `    erpc:call(Node, ${module}, Function, Args, Timeout);`,
      `${remote}(Call, Function, Args) when ${tests}is_function(Call, 3) ->`,
      `    Call(${module}, Function, Args).`,
    ].join('\n')
  }
}

function exported(attribute: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const line = `-${attribute}([${names.join(', ')}]).`
  return line.length <= lineWidth ? line : `-${attribute}([\n    ${names.join(',\n    ')}\n]).`
}

const erlangVariable = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1)

// ---------------------------------------------------------------------------------------------------------
// Documentation

/** Plain text for EDoc. */
function edoc(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', '&#96;')
    .replaceAll('{@', '&#123;@')
    .replace(/\[(?=https?:)/g, '&#91;')
    .replace(/^@/gm, '@@')
}

/** Code: EDoc changes nothing in it, but it ends at two quotes. */
const code = (text: string): string => (/''|'$/.test(text) ? edoc(text) : `\`\`${text}''`)

/** An OCaml documentation comment: `[code]` is code, other markup is plain text. */
function odoc(text: string): string {
  return text
    .split(/(\[[^[\]]*\])/)
    .map((part, i) => (i % 2 === 1 ? code(part.slice(1, -1)) : edoc(part)))
    .join('')
}
