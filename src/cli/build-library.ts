/** A step of the build: compiles the standard library into `build/stdlib.image`. */

import { DiagnosticError } from '../base/diagnostic.ts'
import { printDiagnostic } from '../base/print-diagnostic.ts'
import { writeLibraryImage } from '../daemon/library.ts'

try {
  writeLibraryImage()
} catch (error) {
  if (!(error instanceof DiagnosticError)) throw error
  process.stderr.write(printDiagnostic(error.diagnostic))
  process.exitCode = 2
}
