module M : sig end = struct type t = A | B let unused = 3 end
