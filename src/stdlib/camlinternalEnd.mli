val set : (unit -> unit) -> unit
val run : unit -> unit
