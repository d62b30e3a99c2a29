let x = List.mapp succ [ 1 ]
