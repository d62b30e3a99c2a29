module F (X : sig type t val x : t end) = struct
  let y : int = X.x
end
