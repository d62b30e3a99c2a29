let rec f x = x + 1
