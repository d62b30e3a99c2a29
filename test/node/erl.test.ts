import { spawn } from 'node:child_process'
import { createConnection, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { eventually } from './echo-node.ts'
import { Erl, hasErl } from './erl.ts'

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

test('erl is installed', () => {
  expect(hasErl()).toBe(true)
})

test('evaluates, several at once, tells what was raised, and ends', async () => {
  const erl = await Erl.start({ name: 'helper@127.0.0.1', cookie: 'x', peerPort: 1 })
  const [slow, quick] = [erl.eval('timer:sleep(50), slow'), erl.eval('A = 1, B = "ü", {A, B}.')]
  expect(await quick).toBe('{1,"ü"}')
  expect(await slow).toBe('slow')
  await expect(erl.eval('error(boom)')).rejects.toThrow('{error,boom,')
  await expect(erl.eval('not an expression')).rejects.toThrow('erl raised')
  await expect(erl.eval('timer:sleep(5000)', 50)).rejects.toThrow('50 ms')
  const unfinished = expect(erl.eval('timer:sleep(5000)')).rejects.toThrow('erl ended')
  await erl.kill()
  await unfinished
  await expect(erl.eval('ok')).rejects.toThrow('erl ended')
})

test('finds nodes through an EPMD', async () => {
  const port = await freePort()
  const epmd = spawn('epmd', ['-port', String(port)], { stdio: 'ignore' })
  let open = false
  const probe = (): void => {
    const socket = createConnection(port, '127.0.0.1', () => {
      open = true
      socket.end()
    })
    socket.on('error', () => {})
  }
  await eventually(() => {
    probe()
    return open
  }, 10_000)
  const options = { cookie: 'x', epmdPort: port }
  const [a, b] = await Promise.all([
    Erl.start({ ...options, name: 'one@127.0.0.1' }),
    Erl.start({ ...options, name: 'two@127.0.0.1', hidden: true }),
  ])
  expect(await a.eval("net_adm:ping('two@127.0.0.1')")).toBe('pong')
  expect(await b.eval('nodes(hidden)')).toBe("['one@127.0.0.1']")
  await Promise.all([a.stop(), b.stop()])
  epmd.kill()
})
