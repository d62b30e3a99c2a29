/** The figures of the original, on OCaml 4.14 (the README of ocaml-boxroot). */

export const publishedSeconds = {
  perm_count: { boxroot: 1.71, ocaml: 1.2, ocaml_ref: 1.47, gc: 1.49, generational: 5.9, global: 48.2 },
  synthetic: { boxroot: 6.19, ocaml: 6.21, ocaml_ref: 7.03, gc: 7.15, generational: 10.83, global: 15.9 },
  globroots: { boxroot: 1.03, ocaml: 0.89, ocaml_ref: 1.27, gc: 1.35, generational: 1.14, global: 1.24 },
}

/** Nanoseconds per outer call for N = 1, 10, 100, 1000. */
export const publishedLocal = {
  boxroot: [14.2, 90.9, 845, 8053],
  local: [12.5, 110, 1140, 13296],
  naive: [21.6, 122, 1176, 12991],
  generational: [54, 399, 3580, 36209],
  ocaml: [4.4, 35, 374, 3504],
}

/** Minor collections; pools made and the most at a time; per cent of the slots scanned by minor collections that held young values. */
export const publishedCounters = {
  perm_count: { minors: 1074, pools: 1858, peak: 1657, hits: 92 },
  synthetic: { minors: 1313, pools: 724, hits: 49 },
  globroots: { minors: 67882, pools: 1, hits: 0.19 },
}
