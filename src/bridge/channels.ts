/**
 * The channels of one domain as processes of the node: those that Erlang processes have by pids, and those that its modules export, by names.
 *
 *     buffer.put     the channel `put` of the module `buffer`: a message is a call of buffer:put/1
 *     Pid            a channel that was a result: a call of camlnode:apply(Pid, [Message])
 *
 * The names are those of the domain that serves the module, from when it serves until others have taken its place. A process with a name that is
 * killed is followed by another one.
 */

import type { Log } from '../base/ports.ts'
import { encodeBare } from '../erlang-term-format/index.ts'
import { encodedAtom, encodedList } from '../node/encoded.ts'
import type { Behaviour, Connection, Dispatcher, ErlangNode, LocalProcess } from '../node/index.ts'
import { splitChannelName } from './channel-names.ts'
import { type ChannelFunction, ChannelProcess } from './channel-process.ts'
import type { ChannelKind } from './codec.ts'
import { fullest, Mailroom } from './mailbox.ts'
import type { ProcessSignal } from './process-signals.ts'

export interface ChannelsOptions {
  readonly log: Log
  /** Calls functions of the domain. */
  readonly dispatcher: Dispatcher
  /** Whether names that begin with this one and a dot are those of channels. */
  isModule(name: string): boolean
  /** How many bytes messages may take that wait. */
  readonly room: number
}

interface Exported {
  readonly name: string
  readonly kind: ChannelKind
}

const shutdown = encodedAtom('shutdown')

export class Channels {
  private readonly node: ErlangNode
  private readonly options: ChannelsOptions
  private readonly mailroom: Mailroom
  /** Told which process is over without the domain's doing. */
  private readonly killed: (number: number) => void
  private readonly exported: Exported[] = []
  private readonly byNumber = new Map<number, ChannelProcess>()
  private readonly byName = new Map<string, ChannelProcess>()
  /** Those that are over and have messages on their way to the domain, which take room until they have been sent. */
  private readonly departed = new Set<ChannelProcess>()
  /** Its names are not served any more. */
  private over = false

  constructor(node: ErlangNode, options: ChannelsOptions, killed: (number: number) => void) {
    this.node = node
    this.options = options
    this.mailroom = new Mailroom(options.room)
    this.killed = killed
  }

  /** What the domain says of a channel. */
  start({ process: number, name, count }: ProcessSignal): void {
    const kind = count === 1 ? 'synchronous' : 'asynchronous'
    if (name === '') this.startAt(number, kind)
    else this.exported.push({ name, kind })
  }

  end(number: number): void {
    const channel = this.byNumber.get(number)
    this.byNumber.delete(number)
    channel?.process.exit()
  }

  /** Whether nobody else can have this name: modules may export other channels when they are loaded anew. */
  reserves(name: string): boolean {
    const found = splitChannelName(name)
    return found !== undefined && this.options.isModule(found.module)
  }

  has(number: number): boolean {
    return this.byNumber.has(number)
  }

  /** Gives the exported channels of these modules their names. */
  serve(isOurs: (module: string) => boolean): void {
    for (const channel of this.exported) {
      const found = splitChannelName(channel.name)
      if (found !== undefined && isOurs(found.module)) this.startNamed(channel, found)
    }
  }

  /** Others have their names from now on; a process ends with the calls that it has. */
  retire(): void {
    this.over = true
    for (const [name, channel] of this.byName) {
      this.node.unregister(name)
      channel.leave(shutdown)
    }
    for (const channel of [...this.byNumber.values()]) channel.leave(shutdown)
  }

  /** The domain is gone. */
  stop(reason: Uint8Array): void {
    this.over = true
    for (const { process } of this.all) process.exit(reason)
  }

  connectionLost(connection: Connection): void {
    for (const channel of this.all) channel.connectionLost(connection)
  }

  private startAt(number: number, kind: ChannelKind): void {
    const enter = (behaviour: Behaviour) => this.node.spawnAt(number, behaviour)
    const ended = (): void => {
      if (this.byNumber.delete(number)) this.killed(number)
    }
    this.byNumber.set(number, this.channel(kind, enter, applied, ended))
  }

  private startNamed(exported: Exported, found: { readonly module: string; readonly channel: string }): void {
    const { name, kind } = exported
    const enter = (behaviour: Behaviour) => this.node.spawn(behaviour)
    const ended = (): void => {
      if (this.byName.delete(name) && !this.over) this.startNamed(exported, found)
    }
    const called: ChannelFunction = {
      module: found.module,
      function: found.channel,
      arguments: (message) => encodedList(message),
    }
    const channel = this.channel(kind, enter, () => called, ended)
    this.byName.set(name, channel)
    if (!this.node.register(name, channel.process))
      this.options.log.error({ name }, 'a channel cannot have its name: another process has it')
  }

  private channel(
    kind: ChannelKind,
    enter: (behaviour: Behaviour) => LocalProcess,
    called: (process: LocalProcess) => ChannelFunction,
    ended: () => void,
  ): ChannelProcess {
    const { log, dispatcher } = this.options
    const channel: ChannelProcess = new ChannelProcess(kind, enter, called, {
      log,
      dispatcher,
      mailroom: this.mailroom,
      overflow: () => this.overflow(),
      ended: () => {
        this.departed.add(channel)
        ended()
      },
      settled: () => this.departed.delete(channel),
    })
    return channel
  }

  /** Nobody misses what is for those that are over. */
  private overflow(): void {
    const holders = this.departed.size > 0 ? this.departed : this.all
    fullest(holders, ({ bytes }) => bytes)?.overflow()
  }

  private get all(): readonly ChannelProcess[] {
    return [...this.byNumber.values(), ...this.byName.values()]
  }
}

/** By `camlnode:apply(Pid, [Message])`. */
function applied({ pid }: LocalProcess): ChannelFunction {
  const name = encodeBare(pid)
  return {
    module: 'camlnode',
    function: 'apply',
    arguments: (message) => encodedList(name, encodedList(message)),
  }
}
