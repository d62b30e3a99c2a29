let f () = raise Exit; 1
