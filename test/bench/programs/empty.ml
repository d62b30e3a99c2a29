(* What a system takes to start and stop, with the parts of the library that the other programs use; subtracted from their
   times. *)
let table = Hashtbl.create 1
let buffer = Buffer.create 1

let () =
  Hashtbl.replace table (List.length [ 1 ]) (String.length (Bytes.to_string (Bytes.make 1 'x')));
  Buffer.add_string buffer (string_of_int (Array.length [| Hashtbl.find table 1 |] - 1));
  Printf.printf "%s\n" (Buffer.contents buffer)
