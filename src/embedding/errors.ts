/**
 * How what an embedding program asks for can fail.
 *
 * | class | who is wrong |
 * |---|---|
 * | `CompileError` | the OCaml source (diagnostics.ts) |
 * | `NameError` | a name that the loaded modules do not have |
 * | `ConversionError` | a value that its type does not allow |
 * | `OCamlException` | the OCaml program raised it (ocaml-exception.ts) |
 * | `ExitError`, `LimitError` | the OCaml program ended otherwise |
 * | `MisuseError` | the embedding program breaks a rule of docs/EMBEDDING.md |
 * | `EngineCrash` | camlnode: the engine cannot be used any more |
 */

/** There is no such module, value or type. */
export class NameError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NameError'
  }
}

/** A value does not fit its type, or has no JavaScript form. Nothing has run. The message starts with the path. */
export class ConversionError extends TypeError {
  /** Where in the arguments or the result: `argument 2, element 17, field "price"`. */
  readonly path: string
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`)
    this.name = 'ConversionError'
    this.path = path
  }
}

/** OCaml code called `exit`. */
export class ExitError extends Error {
  readonly status: number
  constructor(status: number) {
    super(`the OCaml code called exit with ${status}`)
    this.name = 'ExitError'
    this.status = status
  }
}

export type Limit = 'memory' | 'deadlock' | 'nesting' | 'cancelled'

const limitMessages: Readonly<Record<Limit, string>> = {
  memory: 'the heap has reached its limit',
  deadlock: 'the OCaml code waits for what no other thread will do',
  nesting: 'OCaml code and its externals call each other too deeply',
  cancelled: 'the OCaml code was cancelled',
}

/** OCaml code was ended from outside; the engine can be used as before. */
export class LimitError extends Error {
  readonly limit: Limit
  constructor(limit: Limit) {
    super(limitMessages[limit])
    this.name = 'LimitError'
    this.limit = limit
  }
}

/** A rule of the interface was broken. Debug mode finds most of these; the sites are stacks of the calls concerned. */
export class MisuseError extends Error {
  /** Where what is misused was made, and where it was deleted; in debug mode. */
  readonly created: string | undefined
  readonly deleted: string | undefined
  constructor(message: string, created?: string, deleted?: string) {
    const parts = [message]
    if (created !== undefined) parts.push(`created at\n${created}`)
    if (deleted !== undefined) parts.push(`deleted at\n${deleted}`)
    super(parts.join('\n'))
    this.name = 'MisuseError'
    this.created = created
    this.deleted = deleted
  }
}

/** The engine itself failed, or JavaScript's stack ended inside it; its heap cannot be trusted. */
export class EngineCrash extends Error {
  constructor(cause: unknown) {
    super('the engine has failed and cannot be used any more', { cause })
    this.name = 'EngineCrash'
  }
}
