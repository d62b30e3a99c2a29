/**
 * Trees as text for golden files: `(kind field: … )`, one line when short. Regions and what is absent, empty or
 * false are left out; names and paths stand as they are written.
 */

type Tree = Readonly<Record<string, unknown>>

const lineWidth = 100

export function dump(value: unknown, indent = ''): string {
  if (Array.isArray(value))
    return group(
      '[',
      value.map((each) => dump(each, `${indent} `)),
      ']',
      indent,
    )
  if (value instanceof Uint8Array) return JSON.stringify(new TextDecoder('latin1').decode(value))
  if (value === null || typeof value !== 'object') return String(value)
  return dumpNode(value as Tree, indent)
}

function dumpNode(node: Tree, indent: string): string {
  const short = shortForm(node)
  if (short !== undefined) return short
  const parts = Object.entries(node)
    .filter(([key, value]) => key !== 'kind' && key !== 'region' && !isAbsent(value))
    .map(([key, value]) => `${key}: ${dump(value, `${indent}  `)}`)
  const kind = typeof node['kind'] === 'string' ? [node['kind']] : []
  return group('(', [...kind, ...parts], ')', `${indent} `)
}

function isAbsent(value: unknown): boolean {
  if (value === undefined || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && value !== null && (value as Tree)['kind'] === 'none'
}

/** Names, paths and labels. */
function shortForm(node: Tree): string | undefined {
  const keys = Object.keys(node).filter((key) => key !== 'region')
  if (keys.length === 1 && typeof node['text'] === 'string') return node['text']
  if (node['kind'] === 'labelled') return `~${node['name']}`
  if (node['kind'] === 'optional') return `?${node['name']}`
  if (keys.includes('attributes')) return undefined
  if (node['kind'] === 'ident') return String(node['name'])
  if (node['kind'] === 'dot') return `${dump(node['prefix'])}.${node['name']}`
  return undefined
}

function group(open: string, parts: readonly string[], close: string, indent: string): string {
  const line = `${open}${parts.join(' ')}${close}`
  if (line.length + indent.length <= lineWidth && !line.includes('\n')) return line
  return `${open}${parts.join(`\n${indent}`)}${close}`
}
