let s = "n = " ^ 3
