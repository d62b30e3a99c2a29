let f () = try 1 with Not_found -> "none"
