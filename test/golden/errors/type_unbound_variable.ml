type t = A of 'a
