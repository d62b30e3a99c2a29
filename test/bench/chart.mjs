/** A chart of horizontal bars on a logarithmic axis, as SVG text. */

const barHeight = 9
const rowGap = 10
const left = 130
const plotWidth = 560
const top = 64
const right = 50

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const text = (x, y, content, attributes = '') => `<text x="${x}" y="${y}" ${attributes}>${escape(content)}</text>`

/** Powers of two from below the least value to above the greatest, and 1 always among them. */
function axis(values) {
  const low = Math.floor(Math.log2(Math.min(...values, 1)))
  const high = Math.ceil(Math.log2(Math.max(...values, 2)))
  const at = (value) => left + ((Math.log2(value) - low) / (high - low)) * plotWidth
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 2 ** (low + i))
  return { at, ticks }
}

const tickLabel = (value) => (value < 1 ? `1/${1 / value}` : String(value))

function grid({ at, ticks }, bottom) {
  return ticks.map((value) => {
    const stroke = value === 1 ? '#444' : '#ddd'
    const line = `<line x1="${at(value)}" y1="${top - 6}" x2="${at(value)}" y2="${bottom}" stroke="${stroke}"/>`
    return line + text(at(value), bottom + 14, tickLabel(value), 'text-anchor="middle" fill="#555"')
  })
}

/** Bars begin at 1: to the left for what is faster than the base, to the right for what is slower. */
function bar(at, value, y, color, label) {
  const x = Math.min(at(1), at(value))
  const width = Math.max(1, Math.abs(at(value) - at(1)))
  const rect = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${barHeight}" fill="${color}">`
  return `${rect}<title>${escape(`${label} ${value.toFixed(2)}`)}</title></rect>`
}

function row({ name, values }, index, series, at) {
  const height = series.length * barHeight + rowGap
  const y = top + index * height
  const bars = values.map((value, i) => bar(at, value, y + i * barHeight, series[i].color, `${name}, ${series[i].name}:`))
  return [text(left - 8, y + (series.length * barHeight) / 2 + 4, name, 'text-anchor="end"'), ...bars]
}

const legend = (series) =>
  series.map(({ name, color }, i) => {
    const x = left + i * 110
    return `<rect x="${x}" y="34" width="12" height="12" fill="${color}"/>${text(x + 17, 44, name)}`
  })

/** `rows[i].values[j]` belongs to `series[j]`; values are positive. */
export function chart({ title, series, rows }) {
  const bottom = top + rows.length * (series.length * barHeight + rowGap)
  const scale = axis(rows.flatMap(({ values }) => values))
  const width = left + plotWidth + right
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bottom + 28}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    text(left, 20, title, 'font-size="14" font-weight="bold"'),
    ...legend(series),
    ...grid(scale, bottom),
    ...rows.flatMap((entry, index) => row(entry, index, series, scale.at)),
    '</svg>',
    '',
  ].join('\n')
}
