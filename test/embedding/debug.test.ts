/** What the types cannot forbid: debug mode finds it at once, and says where what is misused was made. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import {
  type Int,
  imm,
  type List,
  type Local,
  MisuseError,
  type NoAlloc,
  type Root,
  release,
  type Scope,
  t,
  type Val,
} from '../../src/index.ts'
import { engineOf, newEngine } from './engine-of.ts'

const source =
  'let l = [1; 2; 3] let id x = x let junk () = ignore (Sys.opaque_identity (List.init 1000 (fun i -> i)))'

/** The error that an action throws, which must be one of misuse. */
function misuse(action: () => unknown): MisuseError {
  try {
    action()
  } catch (error) {
    if (error instanceof MisuseError) return error
    throw error
  }
  throw new Error('nothing was noticed')
}

const ints = t.list(t.int)

describe('debug mode finds', () => {
  const engine = engineOf(source, { debug: true })
  const other = engineOf(source, { debug: true })
  const list = (): Root<List<Int>> => engine.root('M', 'l', ints)

  it('a root that is deleted twice, with the places', () => {
    const root = list()
    root.delete()
    const error = misuse(() => root.delete())
    expect(error.message).toContain('a root was deleted twice')
    expect(error.created).toContain('debug.test.ts')
    expect(error.deleted).toContain('debug.test.ts')
    root[Symbol.dispose]()
  })

  it('a root that is used after it was deleted, moved or detached', () => {
    const [deleted, moved, detached] = [list(), list(), list()]
    deleted.delete()
    const kept = moved.move()
    const token = detached.detach()
    for (const root of [deleted, moved, detached]) {
      expect(misuse(() => root.get()).message).toContain('used after it was deleted')
      expect(misuse(() => root.dup()).deleted).toContain('debug.test.ts')
      misuse(() => root.set(imm.nil(t.int)))
      misuse(() => root.move())
      misuse(() => root.detach())
      misuse(() => engine.call('M', 'id', root))
      misuse(() => engine.weak(root))
      misuse(() => engine.peek((cx) => cx.isNil(cx.get(root))))
      misuse(() => engine.scope((s) => void s.some(root)))
    }
    kept.delete()
    engine.attach(token).delete()
  })

  it('a value that is used after its peek', () => {
    const root = list()
    let value: Val<never, never> | undefined
    let capability: NoAlloc<never> | undefined
    engine.peek((cx) => {
      value = cx.get(root) as unknown as Val<never, never>
      capability = cx as unknown as NoAlloc<never>
    })
    const error = misuse(() => capability?.isNil(value as Val<never, never>))
    expect(error.message).toContain('after its peek had ended')
    expect(error.created).toContain('debug.test.ts')
    misuse(() => capability?.get(root))
    root.delete()
  })

  it('a value that is used after something was allocated', () => {
    const root = list()
    const around = (allocate: () => unknown): MisuseError =>
      misuse(() =>
        engine.peek((cx) => {
          const value = cx.get(root)
          allocate()
          return cx.int(cx.head(value))
        }),
      )
    expect(around(() => engine.call('M', 'junk')).message).toContain('after something had been allocated')
    around(() => engine.build(ints, [1]).delete())
    around(() => engine.scope((s) => void s.cons(imm.int(1), root)))
    around(() => engine.load({ 'late.ml': '' }))
    root.delete()
  })

  it('a value or a root of another engine', () => {
    const [mine, theirs] = [list(), other.root('M', 'l', ints)]
    expect(misuse(() => other.call('M', 'id', mine)).message).toContain('one engine was given to another')
    misuse(() => other.peek((cx) => cx.isNil(cx.get(mine))))
    misuse(() => other.scope((s) => void s.some(mine)))
    misuse(() => mine.set(theirs))
    misuse(() =>
      engine.peek((a) => other.peek((b) => b.isNil(a.get(mine) as never) && b.isNil(b.get(theirs)))),
    )
    mine.delete()
    theirs.delete()
  })

  it('a local or a scope that is used after its end', () => {
    let local: Local<never> | undefined
    let scope: Scope<never> | undefined
    engine.scope((s) => {
      local = s.build(ints, [1]) as Local<never>
      scope = s as unknown as Scope<never>
    })
    expect(misuse(() => local?.get()).message).toContain('after its scope had ended')
    expect(misuse(() => local?.root()).created).toContain('debug.test.ts')
    misuse(() => engine.call('M', 'id', local))
    misuse(() => scope?.build(t.int, 1))
  })

  it('what an external keeps of its arguments', () => {
    const engine = newEngine({ debug: true })
    let kept: Local<never> | undefined
    engine.external('keep', (f: Local<never>) => {
      kept = f
    })
    engine.load({ 'm.ml': 'external keep : (int -> int) -> unit = "keep" let go () = keep succ' })
    engine.call('M', 'go')
    misuse(() => engine.apply(kept as Local<never>, 1))
  })

  it('a token that is used twice', () => {
    const token = list().detach()
    const attached = engine.attach(token)
    misuse(() => engine.attach(token))
    misuse(() => release(token))
    attached.delete()
    const released = list().detach()
    release(released)
    misuse(() => release(released))
    misuse(() => engine.attach(released))
    misuse(() => other.attach(list().detach()))
  })

  it('roots that were forgotten', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const leaks: string[] = []
    const engine = engineOf(source, { debug: true, onLeak: (site) => leaks.push(site) })
    const deleted = engine.root('M', 'l')
    ;(() => void engine.root('M', 'l'))()
    deleted.delete()
    for (let i = 0; i < 50 && leaks.length === 0; i++) {
      collect()
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(leaks).toHaveLength(1)
    expect(leaks[0]).toContain('debug.test.ts')
  })
})

describe('without debug mode', () => {
  it('an engine is not entered while it runs OCaml code that has not called', () => {
    let inside: unknown
    const engine = engineOf('let f () = print_endline "x"', {
      stdout: () => {
        try {
          engine.call('M', 'f')
        } catch (error) {
          inside = error
        }
      },
    })
    engine.call('M', 'f')
    expect(inside).toBeInstanceOf(MisuseError)
    engine.call('M', 'f')
  })

  it('a second deletion does nothing', () => {
    const engine = engineOf(source, { debug: false })
    const root = engine.root('M', 'l', ints)
    root.delete()
    root.delete()
    const another = engine.root('M', 'l', ints)
    expect(another.get()).toEqual([1, 2, 3])
  })
})
