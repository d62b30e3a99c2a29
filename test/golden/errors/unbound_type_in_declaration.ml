type t = A of int | B of string lst
