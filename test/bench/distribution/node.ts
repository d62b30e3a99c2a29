/**
 * A node whose dispatcher echoes, for measurements of the protocol layer alone. `echo:F(Args…)` returns the list of
 * arguments. Arguments: name, cookie, port, and `plain` to do without distribution headers. Prints `ready`.
 */

import { silentLog } from '../../../src/base/ports.ts'
import { systemClock, systemRandom } from '../../../src/daemon/system-clock.ts'
import { TcpNetwork } from '../../../src/daemon/tcp-network.ts'
import { ErlangNode } from '../../../src/node/index.ts'

const [, , name, cookie, port, mode] = process.argv
if (name === undefined || cookie === undefined || port === undefined) throw new Error('name, cookie, port')

const node = new ErlangNode({
  name,
  cookie,
  creation: 7,
  clock: systemClock,
  random: systemRandom,
  log: silentLog,
  distributionHeader: mode !== 'plain',
  settings: { messageLimit: 256 * 1024 * 1024 },
  dispatcher: {
    call: (request, done) => {
      done({ kind: 'return', value: request.args })
      return { cancel: () => {} }
    },
  },
})
await new TcpNetwork().listen('127.0.0.1', Number(port), node.accept)
process.stdout.write('ready\n')
