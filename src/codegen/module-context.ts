import type { Site } from './code.ts'

/** What the emitter asks of the module that the function goes into. */
export interface ModuleContext {
  /** Index of a runtime function. */
  external(name: string): number
  /** Index of a function of this unit. */
  own(index: number): number
  imported(unit: string, index: number, arity: number): number
  /** The type of a function of `count` words after `sp`. */
  functionType(count: number): number
  takesEnv(index: number): boolean
  /** Offset in static data of a site's descriptor. */
  descriptor(site: Site): number
}
