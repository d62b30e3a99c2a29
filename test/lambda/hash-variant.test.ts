import { expect, it } from 'vitest'
import { hashVariant } from '../../src/lambda/hash-variant.ts'

/** `(Obj.magic tag : int)` of OCaml 4.13. */
const known: Readonly<Record<string, number>> = {
  A: 65,
  Foo: 3505894,
  Apple: 929625402,
  polymorphic_variant_with_a_long_name: 609215642,
}

it('hashes tags as OCaml does', () => {
  for (const [tag, hash] of Object.entries(known)) expect(hashVariant(tag), tag).toBe(hash)
})
