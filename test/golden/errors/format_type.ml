let () = Printf.printf "%d\n" "a"
