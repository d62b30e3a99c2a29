/**
 * The version of OCaml that this is, as the prompt, the commands and `camlnode:info` tell it; `Sys.ocaml_version` in
 * `src/stdlib/sys.ml` says the same. docs/LANGUAGE.md tells why it is this one.
 */
export const languageVersion = '5.3.0'
