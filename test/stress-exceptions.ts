/** Golden programs that cannot run with a collection at every allocation, and why. */
export const stressExceptions: ReadonlyMap<string, string> = new Map([
  ['finalise_last.ml', 'expects that what has just been made is young at the next minor collection'],
  ['finalise_order.ml', 'expects that values that die together are found dead by one collection'],
  ['gc_alarms.ml', 'has an alarm that allocates more than a whole cycle of the collector then takes'],
])
