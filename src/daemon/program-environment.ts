/** The environment of one program: that of the process, with what the program has changed for itself. */

export class ProgramEnvironment {
  private readonly changes = new Map<string, string>()

  get(name: string): string | undefined {
    return this.changes.get(name) ?? process.env[name]
  }

  /** What the program itself has set, if anything. */
  changed(name: string): string | undefined {
    return this.changes.get(name)
  }

  set(name: string, value: string): void {
    this.changes.set(name, value)
  }

  /** `NAME=VALUE` for each variable. */
  all(): readonly string[] {
    const merged = new Map([...Object.entries(process.env), ...this.changes])
    return [...merged].map(([name, value]) => `${name}=${value ?? ''}`)
  }
}
