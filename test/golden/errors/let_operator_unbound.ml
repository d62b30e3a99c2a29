let x = let* y = Some 1 in y
