/** EPMD, the Erlang port mapper: its protocol, a client and an embedded server, over injected ports. */

export type { EpmdAddress } from './client.ts'
export { defaultEpmdPort, lookup, names } from './client.ts'
export type { AliveReply, NamesReply, NodeEntry, PortReply, Request } from './protocol.ts'
export {
  decodeAliveReply,
  decodeNamesReply,
  decodePortReply,
  decodeRequest,
  encodeAliveReply,
  encodeNamesReply,
  encodePortReply,
  encodeRequest,
  nodeEntry,
} from './protocol.ts'
export type { RegistrationEvents, RegistrationFailure, RegistrationOptions } from './registration.ts'
export { Registration } from './registration.ts'
export type { EpmdServerOptions } from './server.ts'
export { EpmdServer } from './server.ts'
