let f x = x#foo + y
