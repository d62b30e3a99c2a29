/** Command lines: options by name, the rest in order. */

export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** `flag`: present or not; `value`: takes one argument; `values`: may be repeated. */
export type OptionKind = 'flag' | 'value' | 'values'

export interface Arguments {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly rest: readonly string[]
}

/** Throws `UsageError` for an option that is not known or lacks its value. */
export function parseArguments(
  args: readonly string[],
  options: Readonly<Record<string, OptionKind>>,
): Arguments {
  const flags = new Set<string>()
  const values = new Map<string, string[]>()
  const rest: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (!arg.startsWith('--')) {
      rest.push(arg)
      continue
    }
    const [name, inline] = splitOnce(arg.slice(2), '=')
    const kind = Object.hasOwn(options, name) ? options[name] : undefined
    if (kind === undefined) throw new UsageError(`unknown option --${name}`)
    if (kind === 'flag') {
      if (inline !== undefined) throw new UsageError(`--${name} takes no value`)
      flags.add(name)
      continue
    }
    const value = inline ?? args[++i]
    if (value === undefined) throw new UsageError(`--${name} needs a value`)
    const known = values.get(name) ?? []
    if (kind === 'value' && known.length > 0) throw new UsageError(`--${name} is given twice`)
    values.set(name, [...known, value])
  }
  return { flags, values, rest }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
