// node docs/examples/embedding/shop.mjs: an OCaml module in a JavaScript program. docs/EMBEDDING.md explains each step.
import { fileURLToPath } from 'node:url'
import { Engine, OCamlException, t } from 'camlnode'

const engine = Engine.create({ heapLimit: 64 * 2 ** 20 })

// What the module declares as `external` must be there before it is loaded.
const discounts = new Map([['tea', 0.25]])
engine.external('shop_discount', (sku) => discounts.get(sku))
engine.external('shop_sold', (item, payment) => console.log('sold', item.sku, 'for', payment.tag))

engine.load([fileURLToPath(new URL('shop.ml', import.meta.url))])

// Values are converted by the types that the compiler has inferred.
console.log(engine.call('Shop', 'buy', { tag: 'Cash' }, ['tea', 'cake']))
console.log(engine.call('Shop', 'buy', { tag: 'Card', args: [{ number: '1234' }] }, ['cake']))

// An OCaml exception is a JavaScript exception.
try {
  engine.call('Shop', 'buy', { tag: 'Cash' }, ['coffee'])
} catch (error) {
  if (!(error instanceof OCamlException)) throw error
  console.log(error.name, error.args, error.backtrace[0].function)
}

// A value of an abstract type is a root: it lives until it is deleted.
const basket = engine.call('Shop.Basket', 'create')
engine.call('Shop.Basket', 'add', basket, 'tea')
engine.call('Shop.Basket', 'add', basket, 'cake')
console.log(engine.call('Shop.Basket', 'contents', basket))
basket.delete()

// Looking at values where they are.
const item = t.record({ sku: t.string, price: t.float })
const items = engine.root('Shop', 'items', t.list(item))
const total = engine.peek((cx) => {
  let sum = 0
  for (let rest = cx.get(items); !cx.isNil(rest); rest = cx.tail(rest)) sum += cx.floatField(cx.head(rest), item.fields.price)
  return sum
})
console.log(total)
items.delete()
