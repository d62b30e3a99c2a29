let () = Printf.printf "%y\n" 1
