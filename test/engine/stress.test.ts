/**
 * Programs under a collector that runs at every allocation, moves everything, poisons what it leaves and verifies the heap; then some others,
 * different ones for each commit, with a collection now and then in the middle of a marking that never rests.
 */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runtimeFlags } from '../../src/engine/runtime.ts'
import { stressExceptions } from '../stress-exceptions.ts'
import { compileGolden, randomNumbers, run, seedOfToday } from './run-program.ts'

const programs = [
  'bank_queue.ml',
  'bytes_cipher.ml',
  'caesar_frequency.ml',
  'char_functions.ml',
  'closures.ml',
  'continuation_passing.ml',
  'currying.ml',
  'equality_structural.ml',
  'evaluation_order.ml',
  'exceptions_basic.ml',
  'exceptions_local.ml',
  'exceptions_rebind.ml',
  'expression_calculator.ml',
  'extensible_types.ml',
  'first_class_modules.ml',
  'float_arrays.ml',
  'float_printing.ml',
  'functors.ml',
  'guards_effects.ml',
  'higher_order.ml',
  'int32_arithmetic.ml',
  'labels.ml',
  'lazy_values.ml',
  'let_polymorphism.ml',
  'let_rec_values.ml',
  'matrix.ml',
  'modules_nested.ml',
  'mutable_records.ml',
  'objects_binary_methods.ml',
  'objects_class_lets.ml',
  'objects_coercions.ml',
  'objects_functional.ml',
  'objects_immediate.ml',
  'objects_inheritance.ml',
  'objects_initializers.ml',
  'objects_machine.ml',
  'objects_many_methods.ml',
  'objects_mixins.ml',
  'objects_modules.ml',
  'objects_observers.ml',
  'objects_parameterised.ml',
  'objects_recursive_classes.ml',
  'objects_shapes.ml',
  'objects_strings.ml',
  'objects_virtual_private.ml',
  'objects_visitor.ml',
  'operators.ml',
  'optional_arguments.ml',
  'pattern_nested.ml',
  'pattern_or_alias.ml',
  'pattern_records_arrays.ml',
  'pattern_strings.ml',
  'polymorphic_recursion.ml',
  'polymorphic_variants.ml',
  'printf_formats.ml',
  'queues_stacks.ml',
  'records_float.ml',
  'references.ml',
  'result_option_pipelines.ml',
  'sequences.ml',
  'stack_machine.ml',
  'strings.ml',
  'trie.ml',
  'tuples.ml',
  'type_definitions.ml',
]

it.each(programs)('%s', (name) => {
  const compiled = compileGolden(name)
  const flags = runtimeFlags.verify | runtimeFlags.stress | runtimeFlags.alternate
  const result = run(compiled, { options: { flags } })
  expect(result.error).toBeUndefined()
  expect(result.stdout).toBe(compiled.expected)
})

/** About so many collections are enough for one program. */
const collections = 100_000
const wordsPerAllocation = 4
const sampleSize = 25
const sampleMilliseconds = 40_000

const seed = seedOfToday('STRESS_SEED')

it(`a sample of the golden programs (STRESS_SEED=${seed})`, () => {
  const next = randomNumbers(seed)
  const names = readdirSync(join(import.meta.dirname, '../golden/programs')).filter((name) =>
    name.endsWith('.ml'),
  )
  const { stress, alternate, slices, verify } = runtimeFlags
  const end = performance.now() + sampleMilliseconds
  let checked = 0
  while (checked < sampleSize && names.length > 0 && performance.now() < end) {
    const [name] = names.splice(next(names.length), 1) as [string]
    if (stressExceptions.has(name)) continue
    const compiled = compileGolden(name)
    const plain = run(compiled)
    // Some need files, a clock, or the process that runs them.
    if (plain.error !== undefined || plain.stdout !== compiled.expected) continue
    const interval = Math.ceil(plain.allocated / wordsPerAllocation / collections)
    const { stdout, error } = run(compiled, {
      options: {
        flags: stress | alternate | slices | verify,
        stress: { interval, seed: 1 + next(1_000_000) },
        verifierWords: 200,
      },
    })
    expect({ name, stdout, error }).toEqual({ name, stdout: compiled.expected, error: undefined })
    checked += 1
  }
  expect(checked).toBeGreaterThan(0)
}, 300_000)
