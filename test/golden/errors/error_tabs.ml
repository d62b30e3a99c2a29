let	x = 1	+ "é"
