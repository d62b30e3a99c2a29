/** How far local time is ahead of universal time. */

import { SystemError } from './system-error.ts'

/** What a `Date` can hold, with room for the zone. */
const latest = 8.6e12

export interface Zone {
  /** Seconds. */
  readonly offset: number
  readonly isSummer: boolean
}

/** The zone's rules at a time in seconds since 1970; those of the process unless `name`, a value of TZ, is given. */
export function zoneAt(seconds: number, name: string | undefined): Zone {
  if (!(Math.abs(seconds) <= latest)) throw new SystemError('EINVAL')
  const offsetAt = name === undefined ? processOffset : offsetsOf(name)
  const offset = offsetAt(seconds)
  const year = new Date(seconds * 1000).getUTCFullYear()
  // Standard time is what holds in winter, on either half of the earth.
  const standard = Math.min(...[0, 6].map((month) => offsetAt(Date.UTC(year, month, 1) / 1000)))
  return { offset, isSummer: offset !== standard }
}

function processOffset(seconds: number): number {
  return -60 * new Date(seconds * 1000).getTimezoneOffset()
}

/** `UTC`, `EST5`, `<+03>-3`: a name and the hours (and minutes) by which the zone is behind universal time, if it is not that. */
const fixed = /^(?:UTC|GMT|(?:[A-Za-z]{3,}|<[^>]*>)([+-]?)(\d{1,2})(?::(\d\d))?)$/

function offsetsOf(name: string): (seconds: number) => number {
  const match = fixed.exec(name)
  if (match !== null) {
    const [, sign, hours = '0', minutes = '0'] = match
    const behind = 3600 * Number(hours) + 60 * Number(minutes)
    return () => (sign === '-' ? behind : -behind)
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name.replace(/^:/, ''),
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    return (seconds) => offsetIn(format, seconds)
  } catch (error) {
    // As in the C library, a zone that is not known is universal time.
    if (error instanceof RangeError) return () => 0
    throw error
  }
}

const numericParts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

function offsetIn(format: Intl.DateTimeFormat, seconds: number): number {
  const whole = Math.floor(seconds)
  const parts = new Map(format.formatToParts(whole * 1000).map(({ type, value }) => [type, value]))
  const [year, month, day, hour, minute, second] = numericParts.map((type) => Number(parts.get(type))) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  // `Date.UTC` takes years below 100 for years of the twentieth century.
  const local = new Date(0)
  local.setUTCFullYear(parts.get('era') === 'BC' ? 1 - year : year, month - 1, day)
  local.setUTCHours(hour, minute, second)
  return local.getTime() / 1000 - whole
}
