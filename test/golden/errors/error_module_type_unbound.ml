module M : NOPE = struct end
