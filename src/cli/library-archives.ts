/** Archives of OCaml's own libraries on a command line. What they hold is always there. */

const known = /(?:^|\/)(?:str|unix|threads|bigarray|dynlink|stdlib)\.(?:cma|cmxa)$/

export function isLibraryArchive(file: string): boolean {
  return known.test(file)
}
