/** The Erlang node: what the floors above use of it. */

export { type CallResult, callRemote, type OutgoingCall, startCall } from './client.ts'
export type { Connection, ConnectionSettings } from './connection.ts'
export type { CallOutcome, CallRequest, Dispatcher, RunningCall } from './dispatcher.ts'
export { FrameReader } from './frame-reader.ts'
export { type GenCall, type GenCast, readGenMessage, replyTo } from './gen-call.ts'
export { type GenResult, startGenCall } from './gen-client.ts'
export { isNodeName } from './handshake.ts'
export { askForName } from './introduction.ts'
export { defaultSettings, ErlangNode, type NodeOptions } from './node.ts'
export type { Behaviour, Destination, LocalProcess, ProcessEvent, Via } from './process.ts'
export type { NodeAddress, Resolver } from './resolver.ts'
export { ServedCalls } from './served-calls.ts'
