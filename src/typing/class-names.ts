/** Classes that are being defined: what they are is not known yet, but they can be mentioned. */

import { freshIdent, type Path, samePath } from './ident.ts'

/** The path that declarations have until their class has been looked at. */
export const incompletePath: Path = { kind: 'ident', ident: freshIdent('*incomplete*') }

export const isIncomplete = (path: Path): boolean => samePath(path, incompletePath)
