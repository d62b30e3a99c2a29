let () = raise 3
