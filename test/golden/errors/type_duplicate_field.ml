type t = { x : int; x : int }
