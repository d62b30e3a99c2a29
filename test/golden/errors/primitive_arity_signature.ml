module type S = sig external i : int = "%addint" end
module M (X : S) = struct let x = X.i end
