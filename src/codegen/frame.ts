/**
 * Frame layout: a slot for every variable that lives across a site.
 *
 * Two variables share a slot if no site and no crowded join holds both. Word 0 is the descriptor's; slots count from 1. Native stack
 * frames grow with the number of variables, and the shadow stack is what bounds recursion, so a frame of a
 * function with many variables is padded in proportion (`nativeRatio`).
 */

import type { CodeFunction, Variable } from './code.ts'
import { isCrowded, type LiveAfter } from './liveness.ts'

export interface Frame {
  /** With the descriptor's word. */
  readonly words: number
  /** By variable id. */
  readonly slots: ReadonlyMap<number, number>
}

/** How many variables one word of shadow stack stands for, at least. */
const nativeRatio = 16

export function layoutFrame(f: CodeFunction, liveAfter: LiveAfter): Frame {
  const sitesOf = new Map<number, number[]>()
  for (const site of f.sites) {
    for (const variable of new Set<Variable>([...site.held, ...site.live])) {
      const list = sitesOf.get(variable.id)
      if (list === undefined) sitesOf.set(variable.id, [site.index])
      else list.push(site.index)
    }
  }
  const joins = [...liveAfter.values()].filter(isCrowded)
  joins.forEach((live, i) => {
    for (const variable of live) sitesOf.get(variable.id)?.push(f.sites.length + i)
  })
  const slots = new Map<number, number>()
  const occupied: Uint8Array[] = []
  for (const variable of f.variables) {
    const sites = sitesOf.get(variable.id)
    if (sites === undefined) continue
    let slot = occupied.findIndex((taken) => sites.every((s) => taken[s] === 0))
    if (slot < 0) slot = occupied.push(new Uint8Array(f.sites.length + joins.length)) - 1
    for (const s of sites) (occupied[slot] as Uint8Array)[s] = 1
    slots.set(variable.id, slot + 1)
  }
  const words = Math.max(occupied.length + 1, Math.ceil(f.variables.length / nativeRatio))
  return { words, slots }
}
