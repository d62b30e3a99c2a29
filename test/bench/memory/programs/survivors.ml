(* Generations of lists of which one part in ten lives on for long: promotion and sweeping. *)
let () =
  let kept = Array.make 200 [] in
  let length = ref 0 in
  for i = 1 to 100_000 do
    let l = List.init 100 (fun j -> (i, j)) in
    if i mod 10 = 0 then begin
      let slot = i / 10 mod 200 in
      length := !length + List.length kept.(slot);
      kept.(slot) <- List.rev_append l (if i mod 1000 = 0 then [] else kept.(slot))
    end
    else length := !length + List.length (List.map fst l)
  done;
  print_int !length
