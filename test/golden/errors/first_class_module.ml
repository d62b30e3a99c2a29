module type S = sig val x : int end
let m = (module struct let y = 1 end : S)
