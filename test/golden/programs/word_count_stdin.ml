(* stdin {input|
It is a truth universally acknowledged, that a single man in possession
of a good fortune, must be in want of a wife.
|input} *)
let () =
  let counts = Hashtbl.create 64 and lines = ref 0 and chars = ref 0 in
  (try
     while true do
       let l = input_line stdin in
       incr lines;
       chars := !chars + String.length l + 1;
       let clean = String.map (function 'a' .. 'z' as c -> c | 'A' .. 'Z' as c -> Char.lowercase_ascii c | _ -> ' ') l in
       List.iter (fun w -> if w <> "" then Hashtbl.replace counts w (1 + try Hashtbl.find counts w with Not_found -> 0)) (String.split_on_char ' ' clean)
     done
   with End_of_file -> ());
  Printf.printf "%d lines, %d characters, %d words\n" !lines !chars (Hashtbl.fold (fun _ n acc -> n + acc) counts 0);
  Hashtbl.fold (fun w n acc -> (-n, w) :: acc) counts [] |> List.sort compare |> List.filteri (fun i _ -> i < 5) |> List.iter (fun (n, w) -> Printf.printf "%s %d\n" w (-n))

(* stdout {expected|
2 lines, 118 characters, 23 words
a 4
in 2
of 2
acknowledged 1
be 1
|expected} *)
