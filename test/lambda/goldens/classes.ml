class point x_init =
  object (self)
    val mutable x = x_init
    method x = x
    method move d = x <- x + d
    method moved d = {<x = x + d>}
    method twice d = self#move d; self#move x_init
  end

class colored c x =
  object
    inherit point x as super
    method! move d = super#move (d + 1)
    method color : string = c
    initializer print_string c
  end

let send o = o#move 1 + o#x
let make n = (new colored "red" n)#color

let immediate x y =
  object
    val mutable z = y
    method sum = x + z
    method set v = z <- v
  end
