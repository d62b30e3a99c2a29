type t = int
module M = struct type t = string let x : t = "a" end
let y : t = M.x
