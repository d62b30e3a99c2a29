/** A chart of lines, both axes logarithmic, as SVG text. */

const left = 70
const top = 64
const plotWidth = 560
const plotHeight = 320
const right = 130

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const text = (x, y, content, attributes = '') => `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`

/** From the power of ten below all values to the one above. */
function axis(values, from, length) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(Math.ceil(Math.log10(Math.max(...values))), low + 1)
  const at = (value) => from + ((Math.log10(value) - low) / (high - low)) * length
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) }
}

function line({ name, color, values }, places, x, y) {
  const points = values.map((value, i) => [x.at(places[i]), y.at(value)])
  const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ')
  const dots = points.map(([px, py], i) => {
    const title = `<title>${escape(`${name}, ${places[i]}: ${values[i].toFixed(1)}`)}</title>`
    return `<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="3" fill="${color}">${title}</circle>`
  })
  return [`<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`, ...dots]
}

/** Names at the right end of the lines, moved apart where lines end close together. */
function names(series, y) {
  const wanted = series.map(({ name, color, values }) => ({ name, color, at: y.at(values.at(-1)) + 4 }))
  wanted.sort((a, b) => a.at - b.at)
  for (let i = 1; i < wanted.length; i++) wanted[i].at = Math.max(wanted[i].at, wanted[i - 1].at + 14)
  return wanted.map(({ name, color, at }) => text(left + plotWidth + 8, at.toFixed(1), name, `fill="${color}"`))
}

/** `series[i].values[j]` belongs to `places[j]`; all are positive. */
export function lineChart({ title, xLabel, places, series }) {
  const x = axis(places, left, plotWidth)
  const y = axis(series.flatMap(({ values }) => values), top + plotHeight, -plotHeight)
  const bottom = top + plotHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + plotWidth + right}" height="${bottom + 48}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(left, 24, title, 'font-size="14" font-weight="bold"'),
    ...x.ticks.flatMap((tick) => [
      `<line x1="${x.at(tick)}" y1="${top}" x2="${x.at(tick)}" y2="${bottom}" stroke="#ddd"/>`,
      text(x.at(tick), bottom + 16, String(tick), 'text-anchor="middle" fill="#555"'),
    ]),
    ...y.ticks.flatMap((tick) => [
      `<line x1="${left}" y1="${y.at(tick)}" x2="${left + plotWidth}" y2="${y.at(tick)}" stroke="#ddd"/>`,
      text(left - 8, y.at(tick) + 4, tick.toLocaleString('en'), 'text-anchor="end" fill="#555"'),
    ]),
    text(left + plotWidth / 2, bottom + 36, xLabel, 'text-anchor="middle" fill="#555"'),
    ...series.flatMap((entry) => line(entry, places, x, y)),
    ...names(series, y),
    '</svg>',
    '',
  ].join('\n')
}
