/**
 * Match compilation: subjects against rows of patterns, to Lambda.
 *
 * The decision graph of `decide` is written out so that every guard, body and shared node appears once:
 *
 *     (catch                             ; from the inside out:
 *        (catch (catch TREE              ;   the tree, jumping to
 *                  (with L1 … NODE))     ;   shared nodes, a node inside those that it jumps to,
 *               (with L2 x y BODY))      ;   bodies that several leaves reach, with the pattern's variables,
 *        (with L3 FAILURE))              ;   and the failure
 *
 * What is tested or bound once is read from its block where it is first needed, never before.
 */

import { freshIdent, type Ident } from '../typing/ident.ts'
import { block, conditional, freshBinder, freshLabel, letIn, variable } from './build.ts'
import { type Binding, type Decision, decide, Occurrence, type Row } from './decision-tree.ts'
import type { Binder, Lambda, Layout } from './lambda.ts'
import type { MatchProblem, MatchRow } from './match-problem.ts'
import { matchRowByRow } from './match-rows.ts'
import { familyLayout, readAccessor, testTerm } from './match-tests.ts'
import { type Accessor, boundVariables, tupleHead } from './pattern.ts'
import { copyTerm } from './traverse.ts'

export function compileMatch(problem: MatchProblem): Lambda {
  const { columns, subjects } =
    problem.tuple === true ? tupleRoot(problem.subjects) : plainRoot(problem.subjects)
  const rows = problem.rows.map((row, action): Row => {
    return { patterns: row.patterns, bindings: [], action, guarded: row.guard !== undefined }
  })
  const root = decide(columns, rows, problem.leftToRight)
  if (root === undefined) return problem.tuple === true ? matchBuiltTuple(problem) : matchRowByRow(problem)
  const scope = subjects.reduce<Scope>(
    (s, o, i) => extend(s, o, (problem.subjects[i] as Binder).ident),
    undefined,
  )
  return new Emitter(problem, root).emit(scope)
}

/** The columns of the first matrix, and the places of the subjects. */
interface Root {
  readonly columns: readonly Occurrence[]
  readonly subjects: readonly Occurrence[]
}

function plainRoot(subjects: readonly Binder[]): Root {
  const columns = subjects.map((s) => new Occurrence(s.ident, s.layout))
  return { columns, subjects: columns }
}

function tupleRoot(subjects: readonly Binder[]): Root {
  const whole = new Occurrence(freshIdent('tuple'), 'pointer')
  const parts = subjects.map(
    (s, index): Accessor => ({ kind: 'field', index, layout: s.layout, mutable: false }),
  )
  return { columns: [whole], subjects: whole.argumentsOf(tupleHead(parts)) }
}

function matchBuiltTuple(problem: MatchProblem): Lambda {
  const whole = freshBinder('tuple', 'pointer')
  const parts = problem.subjects.map((s) => variable(s.ident))
  return letIn(whole, block(0, false, parts), matchRowByRow({ ...problem, subjects: [whole] }))
}

/** Which variable holds what is at an occurrence, innermost first. */
type Scope = { readonly occurrence: Occurrence; readonly ident: Ident; readonly next: Scope } | undefined

function inScope(scope: Scope, occurrence: Occurrence): Ident | undefined {
  for (let s = scope; s !== undefined; s = s.next) if (s.occurrence === occurrence) return s.ident
  return undefined
}

const extend = (scope: Scope, occurrence: Occurrence, ident: Ident): Scope => ({
  occurrence,
  ident,
  next: scope,
})

interface Target {
  readonly label: number
  readonly parameters: readonly Binder[]
  readonly inputs: readonly Occurrence[]
}

class Emitter {
  private readonly problem: MatchProblem
  private readonly root: Decision
  private readonly variables: readonly (readonly Binder[])[]
  private readonly edges = new Map<Decision, number>()
  /** Nodes with several edges, ancestors first. */
  private readonly shared: Decision[] = []
  private readonly targets = new Map<Decision, Target>()
  private readonly bodyUses: number[]
  private readonly bodyLabels: (number | undefined)[]
  private failureUses = 0
  private failureLabel: number | undefined

  constructor(problem: MatchProblem, root: Decision) {
    this.problem = problem
    this.root = root
    this.variables = problem.rows.map((row) => row.patterns.flatMap(boundVariables))
    this.bodyUses = problem.rows.map(() => 0)
    this.bodyLabels = problem.rows.map(() => undefined)
  }

  emit(scope: Scope): Lambda {
    this.countEdge(this.root)
    this.orderShared()
    this.bodyUses.forEach((uses, action) => {
      if (uses > 1) this.bodyLabels[action] = freshLabel()
    })
    if (this.failureUses > 1) this.failureLabel = freshLabel()
    for (const node of this.shared) this.targets.set(node, this.makeTarget(node, scope))
    let term = this.node(this.root, scope)
    for (const node of this.shared) term = this.sharedHandler(node, scope, term)
    return this.failureHandler(this.bodyHandlers(term))
  }

  // -------------------------------------------------------------------------------------------------------
  // Sharing

  private countEdge(node: Decision): void {
    if (node.kind === 'fail') {
      this.failureUses += 1
      return
    }
    if (node.kind === 'leaf') {
      this.bodyUses[node.action] = (this.bodyUses[node.action] ?? 0) + 1
      return
    }
    const known = this.edges.get(node) ?? 0
    this.edges.set(node, known + 1)
    if (known > 0) return
    if (node.kind === 'guard') this.bodyUses[node.action] = (this.bodyUses[node.action] ?? 0) + 1
    for (const child of childrenOf(node)) this.countEdge(child)
  }

  /** Reverse postorder puts every node before those that it reaches. */
  private orderShared(): void {
    const seen = new Set<Decision>()
    const visit = (node: Decision): void => {
      if (seen.has(node)) return
      seen.add(node)
      for (const child of childrenOf(node)) visit(child)
      if ((this.edges.get(node) ?? 0) > 1) this.shared.push(node)
    }
    visit(this.root)
    this.shared.reverse()
  }

  private makeTarget(node: Decision, scope: Scope): Target {
    const all = node.kind === 'test' || node.kind === 'guard' ? node.inputs : []
    const inputs = all.filter((o) => inScope(scope, o) === undefined)
    return { label: freshLabel(), inputs, parameters: inputs.map((o) => freshBinder(o.ident.name, o.layout)) }
  }

  private sharedHandler(node: Decision, scope: Scope, body: Lambda): Lambda {
    const { label, parameters, inputs } = this.targets.get(node) as Target
    const inner = inputs.reduce((s, o, i) => extend(s, o, (parameters[i] as Binder).ident), scope)
    const handler = this.nodeBody(node, inner)
    return { kind: 'staticCatch', label, parameters, body, handler, layout: this.problem.layout }
  }

  private bodyHandlers(term: Lambda): Lambda {
    return this.problem.rows.reduce((body, row, action): Lambda => {
      const label = this.bodyLabels[action]
      if (label === undefined) return body
      const parameters = this.variables[action] ?? []
      return { kind: 'staticCatch', label, parameters, body, handler: row.body, layout: this.problem.layout }
    }, term)
  }

  private failureHandler(body: Lambda): Lambda {
    const { failure, layout } = this.problem
    const label = this.failureLabel
    if (label === undefined) return body
    return { kind: 'staticCatch', label, parameters: [], body, handler: failure, layout }
  }

  // -------------------------------------------------------------------------------------------------------
  // Nodes

  private node(node: Decision, scope: Scope): Lambda {
    const target = this.targets.get(node)
    if (target === undefined) return this.nodeBody(node, scope)
    return this.readAll(target.inputs, scope, (args) => raiseTo(target.label, args))
  }

  private nodeBody(node: Decision, scope: Scope): Lambda {
    switch (node.kind) {
      case 'fail':
        return this.failureLabel === undefined ? this.problem.failure : raiseTo(this.failureLabel, [])
      case 'leaf':
        return this.leaf(node.action, node.bindings, scope)
      case 'guard':
        return this.guard(node, scope)
      case 'test':
        return this.test(node, scope)
    }
  }

  private leaf(action: number, bindings: readonly Binding[], scope: Scope): Lambda {
    const label = this.bodyLabels[action]
    const body = this.problem.rows[action]?.body as Lambda
    if (label === undefined) return this.bind(bindings, scope, () => body)
    const ordered = this.inOrder(action, bindings)
    return this.readAll(
      ordered.map((b) => b.occurrence),
      scope,
      (args) => raiseTo(label, args),
    )
  }

  /** The bindings in the order of the pattern's variables. */
  private inOrder(action: number, bindings: readonly Binding[]): Binding[] {
    return (this.variables[action] ?? []).map(
      (v) => bindings.find((b) => b.ident.stamp === v.ident.stamp) as Binding,
    )
  }

  private guard(node: Decision & { kind: 'guard' }, scope: Scope): Lambda {
    const { guard, body } = this.problem.rows[node.action] as MatchRow
    const { layout } = this.problem
    const label = this.bodyLabels[node.action]
    if (label === undefined) {
      return this.bind(node.bindings, scope, (inner) =>
        conditional(guard as Lambda, body, this.node(node.otherwise, inner), layout),
      )
    }
    const bindings = this.inOrder(node.action, node.bindings)
    const fresh = bindings.map((b) => ({ ...b, ident: freshIdent(b.ident.name) }))
    const renaming = new Map(bindings.map((b, i) => [b.ident.stamp, variable((fresh[i] as Binding).ident)]))
    return this.bind(fresh, scope, (inner) => {
      const jump = raiseTo(
        label,
        fresh.map((b) => variable(b.ident)),
      )
      return conditional(copyTerm(guard as Lambda, renaming), jump, this.node(node.otherwise, inner), layout)
    })
  }

  private test(node: Decision & { kind: 'test' }, scope: Scope): Lambda {
    const { occurrence, branches } = node
    const { family } = (branches[0] as (typeof branches)[number]).head
    const known = familyLayout(family)
    return this.materialise(occurrence, known, scope, (ident, inner) => {
      const written = branches.map(({ head, then }) => ({
        head,
        body: this.entering(occurrence, head, inner, (s) => this.node(then, s)),
      }))
      const otherwise = node.otherwise === undefined ? undefined : this.node(node.otherwise, inner)
      return testTerm(ident, family, written, otherwise, this.problem.layout)
    })
  }

  /** A lazy value is forced where its pattern is met. */
  private entering(
    occurrence: Occurrence,
    head: Parameters<Occurrence['argumentsOf']>[0],
    scope: Scope,
    k: (scope: Scope) => Lambda,
  ): Lambda {
    if (head.family.kind !== 'lazy') return k(scope)
    const forced = occurrence.argumentsOf(head)[0] as Occurrence
    return this.materialise(forced, 'any', scope, (_, inner) => k(inner))
  }

  // -------------------------------------------------------------------------------------------------------
  // Reading

  /** Continues with a variable that holds what is at the occurrence. */
  private materialise(
    occurrence: Occurrence,
    known: Layout,
    scope: Scope,
    k: (ident: Ident, scope: Scope) => Lambda,
  ): Lambda {
    const ident = inScope(scope, occurrence)
    if (ident !== undefined) return k(ident, scope)
    const { accessor } = occurrence
    return this.materialise(occurrence.parent as Occurrence, 'pointer', scope, (parent, inner) => {
      if (accessor.kind === 'self') return k(parent, extend(inner, occurrence, parent))
      const bound = freshBinder(
        occurrence.ident.name,
        occurrence.layout === 'any' ? known : occurrence.layout,
      )
      const rest = k(bound.ident, extend(inner, occurrence, bound.ident))
      return letIn(bound, readAccessor(accessor, variable(parent)), rest)
    })
  }

  /** Continues with a term that reads the occurrence. */
  private read(occurrence: Occurrence, scope: Scope, k: (term: Lambda, scope: Scope) => Lambda): Lambda {
    const ident = inScope(scope, occurrence)
    if (ident !== undefined) return k(variable(ident), scope)
    return this.materialise(occurrence.parent as Occurrence, 'pointer', scope, (parent, inner) =>
      k(readAccessor(occurrence.accessor, variable(parent)), inner),
    )
  }

  private readAll(
    occurrences: readonly Occurrence[],
    scope: Scope,
    k: (terms: readonly Lambda[]) => Lambda,
    terms: readonly Lambda[] = [],
  ): Lambda {
    const [first, ...rest] = occurrences
    if (first === undefined) return k(terms)
    return this.read(first, scope, (term, inner) => this.readAll(rest, inner, k, [...terms, term]))
  }

  private bind(bindings: readonly Binding[], scope: Scope, k: (scope: Scope) => Lambda): Lambda {
    const [first, ...rest] = bindings
    if (first === undefined) return k(scope)
    const { ident, layout, occurrence } = first
    return this.read(occurrence, scope, (term, inner) => {
      const extended = inScope(inner, occurrence) === undefined ? extend(inner, occurrence, ident) : inner
      return letIn({ ident, layout }, term, this.bind(rest, extended, k))
    })
  }
}

function childrenOf(node: Decision): readonly Decision[] {
  if (node.kind === 'guard') return [node.otherwise]
  if (node.kind !== 'test') return []
  const branches = node.branches.map((b) => b.then)
  return node.otherwise === undefined ? branches : [...branches, node.otherwise]
}

function raiseTo(label: number, args: readonly Lambda[]): Lambda {
  return { kind: 'staticRaise', label, arguments: args }
}
