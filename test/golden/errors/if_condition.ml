let f () = if 1 then 2 else 3
