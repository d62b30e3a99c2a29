let f (x : int) : string = x
