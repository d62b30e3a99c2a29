/** The compiler's idea of where CamlinternalOO has its functions. */

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sourceOfString } from '../../src/base/region.ts'
import { classRuntime } from '../../src/lambda/class-runtime.ts'
import { parseInterface } from '../../src/syntax/index.ts'

const file = new URL('../../src/stdlib/camlinternalOO.mli', import.meta.url)

it('has the values of the interface in their order', () => {
  const items = parseInterface(sourceOfString('camlinternalOO.mli', readFileSync(file, 'utf8')))
  const values = items.flatMap((item) => (item.kind === 'value' ? [item.description.name.text] : []))
  expect(values).toEqual([...classRuntime])
})
