/** Format strings: stub until the parser of formats is there. */
export const x = 1
