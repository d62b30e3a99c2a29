let s = "a\qb" ^ '\q'
