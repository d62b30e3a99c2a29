module M : sig val x : int val y : int end = struct let x = 1 end
