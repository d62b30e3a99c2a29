let x = Lst.map succ [ 1 ]
