module F (X : sig val x : int end) = struct let y = X.x end
module A = F (struct let z = 1 end)
