let r = { x = 1, y = }
