(** Shapes; how they are drawn is hidden. *)

class type drawable =
  object
    method draw : string
    method area : float
  end

class virtual base : string ->
  object
    method name : string
    method virtual area : float
    method describe : string
  end

class square : float ->
  object ('self)
    inherit base
    method area : float
    method draw : string
    method scale : float -> 'self
  end

val made : unit -> int
val unit_square : square
