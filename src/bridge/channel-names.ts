/**
 * The registered names of channels that modules export: `module.channel`. The names of modules have no dot, so the first one ends the module's.
 */

export function channelName(module: string, channel: string): string {
  return `${module}.${channel}`
}

/** The module and the channel; undefined: the name is none of these. */
export function splitChannelName(
  name: string,
): { readonly module: string; readonly channel: string } | undefined {
  const dot = name.indexOf('.')
  return dot < 0 ? undefined : { module: name.slice(0, dot), channel: name.slice(dot + 1) }
}
