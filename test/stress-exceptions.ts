/** Golden programs, and tests by their names, that cannot run with a collection at every allocation, and why. */
export const stressExceptions: ReadonlyMap<string, string> = new Map([
  ['finalise_last.ml', 'expects that what has just been made is young at the next minor collection'],
  ['finalise_weak.ml', 'the same'],
  ['finalise_order.ml', 'expects that values that die together are found dead by one collection'],
  [
    'weak_copies.ml',
    'expects that what only a weak pointer knows lives until the next collection it asks for',
  ],
  ['weakness.ml', 'the same'],
  ['nothing is lost or left with minor areas', 'runs weakness.ml'],
  ['finalise_raising.ml', 'expects that finalisers run where a collection is asked for, and nowhere else'],
  [
    'programs that grow',
    'counts how often memory could not grow: with a collection at every allocation some never need more',
  ],
  [
    'the suite of the application',
    'is about processes of the operating system, and has times that they keep; what it calls is in other tests',
  ],
  ['gc_settings.ml', 'counts minor collections'],
  ['gc_alarms.ml', 'has an alarm that allocates more than a whole cycle of the collector then takes'],
  ['a million messages in flight', 'takes hours; smaller programs of the kind are in test/golden/joins'],
  ['a hundred thousand blocked callers', 'the same'],
])
