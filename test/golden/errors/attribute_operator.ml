let x = 1 [@@end] [@@val.mutable]
let y = 1 [@@mod]
