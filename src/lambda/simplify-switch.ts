/** Switches: on known values, and what a branch knows of the value. */

import { int } from './build.ts'
import type { Fact, Shape } from './facts.ts'
import { knownInt } from './fold.ts'
import type { Lambda, SwitchCases } from './lambda.ts'
import type { Simplification } from './simplification.ts'
import { joinedLayout } from './term-layout.ts'
import { caseBodies } from './traverse.ts'

type Switch = Lambda & { kind: 'switch' }
type StringSwitch = Lambda & { kind: 'stringSwitch' }

export function simplifySwitch(s: Simplification, term: Switch): Lambda {
  const subject = s.run(term.subject)
  const chosen = chooseCase(s, subject, term.cases)
  if (chosen !== undefined) return s.run(chosen)
  const cases = simplifyCases(s, subject, term.cases)
  return { ...term, subject, cases, layout: joinedLayout(term.layout, caseBodies(cases), s.facts.layoutOf) }
}

function simplifyCases(s: Simplification, subject: Lambda, cases: SwitchCases): SwitchCases {
  return {
    ...cases,
    constants: cases.constants.map((c) => ({
      ...c,
      body: assuming(s, subject, { replacement: int(c.value) }, c.body),
    })),
    blocks: cases.blocks.map((c) => ({ ...c, body: assumingTag(s, subject, c.tag, c.body) })),
    otherwise: cases.otherwise === undefined ? undefined : s.run(cases.otherwise),
  }
}

function assuming(s: Simplification, subject: Lambda, change: Partial<Fact>, body: Lambda): Lambda {
  if (subject.kind !== 'variable') return s.run(body)
  return s.facts.assuming(subject.ident.stamp, change, () => s.run(body))
}

function assumingTag(s: Simplification, subject: Lambda, tag: number, body: Lambda): Lambda {
  const known = s.shapeOf(subject)
  if (known !== undefined && known.kind !== 'block') return s.run(body)
  const shape: Shape = { kind: 'block', tag, fields: known?.fields ?? [] }
  return assuming(s, subject, { shape }, body)
}

/** The case of a known value. */
function chooseCase(s: Simplification, subject: Lambda, cases: SwitchCases): Lambda | undefined {
  const n = knownInt(subject)
  if (n !== undefined) return cases.constants.find((c) => c.value === n)?.body ?? cases.otherwise
  const tag = knownTag(s.shapeOf(subject))
  return tag === undefined ? undefined : (cases.blocks.find((c) => c.tag === tag)?.body ?? cases.otherwise)
}

function knownTag(shape: Shape | undefined): number | undefined {
  if (shape?.kind === 'block') return shape.tag
  return shape?.kind === 'constant' && shape.value.kind === 'block' ? shape.value.tag : undefined
}

export function simplifyStringSwitch(s: Simplification, term: StringSwitch): Lambda {
  const subject = s.run(term.subject)
  const shape = s.shapeOf(subject)
  if (
    shape?.kind === 'constant' &&
    shape.value.kind === 'constant' &&
    shape.value.constant.kind === 'string'
  ) {
    const text = Buffer.from(shape.value.constant.bytes)
    return s.run(term.cases.find((c) => text.equals(c.bytes))?.body ?? term.otherwise)
  }
  const cases = term.cases.map((c) => ({ ...c, body: s.run(c.body) }))
  return { ...term, subject, cases, otherwise: s.run(term.otherwise) }
}
