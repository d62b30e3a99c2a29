/**
 * An immutable map from strings, as a height-balanced (AVL) tree: adding copies one path from the root,
 * so every environment keeps its own view while sharing all the rest.
 *
 * Invariant: the heights of two siblings differ by at most one.
 */

export type PersistentMap<Value> = MapNode<Value> | undefined

interface MapNode<Value> {
  readonly key: string
  readonly value: Value
  readonly left: PersistentMap<Value>
  readonly right: PersistentMap<Value>
  readonly height: number
}

const heightOf = (map: PersistentMap<unknown>): number => (map === undefined ? 0 : map.height)

function node<V>(left: PersistentMap<V>, key: string, value: V, right: PersistentMap<V>): MapNode<V> {
  return { key, value, left, right, height: 1 + Math.max(heightOf(left), heightOf(right)) }
}

function leanRight<V>(left: MapNode<V>, key: string, value: V, right: PersistentMap<V>): MapNode<V> {
  if (heightOf(left.left) >= heightOf(left.right)) {
    return node(left.left, left.key, left.value, node(left.right, key, value, right))
  }
  const middle = left.right as MapNode<V>
  const newLeft = node(left.left, left.key, left.value, middle.left)
  return node(newLeft, middle.key, middle.value, node(middle.right, key, value, right))
}

function leanLeft<V>(left: PersistentMap<V>, key: string, value: V, right: MapNode<V>): MapNode<V> {
  if (heightOf(right.right) >= heightOf(right.left)) {
    return node(node(left, key, value, right.left), right.key, right.value, right.right)
  }
  const middle = right.left as MapNode<V>
  const newRight = node(middle.right, right.key, right.value, right.right)
  return node(node(left, key, value, middle.left), middle.key, middle.value, newRight)
}

function balanced<V>(left: PersistentMap<V>, key: string, value: V, right: PersistentMap<V>): MapNode<V> {
  const difference = heightOf(left) - heightOf(right)
  if (difference > 1) return leanRight(left as MapNode<V>, key, value, right)
  if (difference < -1) return leanLeft(left, key, value, right as MapNode<V>)
  return node(left, key, value, right)
}

/** A map that also has `key`, with its old value replaced if it had one. */
export function insert<V>(map: PersistentMap<V>, key: string, value: V): PersistentMap<V> {
  if (map === undefined) return node(undefined, key, value, undefined)
  if (key === map.key) return { ...map, value }
  if (key < map.key) return balanced(insert(map.left, key, value), map.key, map.value, map.right)
  return balanced(map.left, map.key, map.value, insert(map.right, key, value))
}

export function lookup<V>(map: PersistentMap<V>, key: string): V | undefined {
  let current = map
  while (current !== undefined) {
    if (key === current.key) return current.value
    current = key < current.key ? current.left : current.right
  }
  return undefined
}

/** All pairs by increasing key. */
export function* entries<V>(map: PersistentMap<V>): Generator<readonly [string, V]> {
  if (map === undefined) return
  yield* entries(map.left)
  yield [map.key, map.value]
  yield* entries(map.right)
}
