/** The source files that a node serves. */

import { ownModule } from '../bridge/directory.ts'
import { erlangModule } from '../bridge/names.ts'
import { ConfigError } from '../daemon/config.ts'
import { unitOfFile } from '../daemon/source-folders.ts'
import { fileProblem } from './file-problem.ts'

/** The files to serve, each once. Throws `ConfigError` for what is no source file, and for two of one name. */
export function servedFiles(files: readonly string[]): readonly string[] {
  const served = new Map<string, string>()
  for (const file of files) {
    const problem = fileProblem(file)
    if (problem !== undefined) throw new ConfigError(problem)
    const module = erlangModule(unitOfFile(file))
    if (module === ownModule) throw new ConfigError(`${file}: ${module} is the name of the node's own module`)
    const other = served.get(module)
    if (other !== undefined && other !== file) {
      throw new ConfigError(`${other} and ${file} are both the module ${module} in Erlang`)
    }
    served.set(module, file)
  }
  return [...served.values()]
}
