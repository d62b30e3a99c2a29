/** Directives about files and folders. */

import { basename } from './paths.ts'
import type { Toplevel } from './toplevel.ts'

/** `#use "FILE"` */
export function useFile(top: Toplevel, name: string, mode: 'answered' | 'silent' = 'answered'): boolean {
  const found = top.world.readFile(name, top.folders)
  if (found !== undefined) return top.use({ name, bytes: found.bytes }, mode)
  top.say(`Cannot find file ${name}.\n`)
  return false
}

/** `#mod_use "FILE"`: the file as a module. */
export function modUse(top: Toplevel, name: string): boolean {
  const found = top.world.readFile(name, top.folders)
  if (found !== undefined) return top.useAsModule({ name, bytes: found.bytes }, unitName(name))
  top.say(`Cannot find file ${name}.\n`)
  return false
}

/** `#use_output "COMMAND"` */
export function useOutput(top: Toplevel, command: string): boolean {
  const output = top.world.commandOutput(command)
  if (typeof output !== 'number') return top.use({ name: '(command-output)', bytes: output }, 'answered')
  top.say(`Command exited with code ${output}.\n`)
  return false
}

/** `#load "UNIT"`: a unit from its source, whatever the extension says. */
export function loadUnit(top: Toplevel, name: string): boolean {
  const file = name.replace(/\.(cmo|cma|cmi|ml)$/, '')
  const found = top.world.readFile(`${file}.ml`, top.folders)
  if (found !== undefined) return top.load(unitName(file), found.path)
  // What the library has needs no loading.
  if (top.session.compiler.interfaceOf(unitName(file)) !== undefined) return true
  top.say(`Cannot find file ${name}.\n`)
  return false
}

export function addFolder(top: Toplevel, folder: string): boolean {
  const [current = '', ...others] = top.folders
  top.folders = [current, folder, ...others.filter((other) => other !== folder)]
  return true
}

export function removeFolder(top: Toplevel, folder: string): boolean {
  top.folders = top.folders.filter((other) => other !== folder)
  return true
}

export function showFolders(top: Toplevel): boolean {
  top.say(top.folders.map((folder) => `${folder}\n`).join(''))
  return true
}

export function changeFolder(top: Toplevel, folder: string): boolean {
  const problem = top.world.changeFolder(folder)
  if (problem === undefined) return true
  top.say(`Line 1:\nError: I/O error: ${folder}: ${problem}\n`)
  return false
}

/** `dir/http_parser.ml` is the unit `Http_parser`. */
function unitName(file: string): string {
  const name = basename(file).replace(/\..*$/, '')
  return name.charAt(0).toUpperCase() + name.slice(1)
}
