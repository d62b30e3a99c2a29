let compose f g x = f (g x)
let h = compose String.length succ
