/** Stubs of the benchmarks: a library outside OCaml, compiled to a module of its own and linked to programs by the names of its exports. */

export * from './local-roots'
export * from './references'
