let counter = ref 0

class type drawable =
  object
    method draw : string
    method area : float
  end

class virtual base name =
  object (self)
    val number = incr counter; !counter
    method private label = name ^ "#" ^ string_of_int number
    method name : string = name
    method virtual area : float
    method describe = Printf.sprintf "%s: %g" self#label self#area
  end

class square side =
  object (self)
    inherit base "square"
    val side = side
    method area = side *. side
    method draw = "[" ^ self#pen ^ "]"
    method private pen = "-"
    method scale k = {<side = side *. k>}
  end

let made () = !counter
let unit_square = new square 1.
