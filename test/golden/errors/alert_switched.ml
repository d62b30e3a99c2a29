(* options -alert ++deprecated+unstable-slow *)
module R : sig
  val v : int [@@deprecated "v"]
  val w : int [@@alert unstable]
  val x : int [@@alert slow]
end = struct
  let v = 1
  let w = 1
  let x = 1
end

let _ = R.x + R.w
let _ = R.v
