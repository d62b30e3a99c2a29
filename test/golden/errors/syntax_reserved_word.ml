let type = 3
