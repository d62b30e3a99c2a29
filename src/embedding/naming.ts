/** OCaml names stay what they are in JavaScript. */

import { type Naming, nameOf } from '../bridge/names.ts'

export const javascriptNames: Naming = {
  field: (label) => nameOf(label.name),
  constructorOf: ({ name }) => nameOf(name),
  tag: (tag) => nameOf(tag),
  taggedRecord: () => undefined,
}
