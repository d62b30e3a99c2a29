(* Knuth, Morris and Pratt: all occurrences of a pattern, compared with the obvious way. *)

(* failure.(i) is the length of the longest proper border of the first i+1 characters. *)
let failure pattern =
  let m = String.length pattern in
  let table = Array.make m 0 in
  let k = ref 0 in
  for i = 1 to m - 1 do
    while !k > 0 && pattern.[!k] <> pattern.[i] do k := table.(!k - 1) done;
    if pattern.[!k] = pattern.[i] then incr k;
    table.(i) <- !k
  done;
  table

let search pattern text =
  let m = String.length pattern in
  let table = failure pattern in
  let k = ref 0 and found = ref [] in
  String.iteri
    (fun i c ->
      while !k > 0 && pattern.[!k] <> c do k := table.(!k - 1) done;
      if pattern.[!k] = c then incr k;
      if !k = m then begin
        found := (i - m + 1) :: !found;
        k := table.(!k - 1)
      end)
    text;
  List.rev !found

let naive pattern text =
  let m = String.length pattern in
  List.filter (fun i -> String.sub text i m = pattern) (List.init (String.length text - m + 1) Fun.id)

let () =
  let show l = String.concat " " (List.map string_of_int l) in
  print_endline (show (Array.to_list (failure "abacabab")));
  let cases = [ ("aba", "ababababa"); ("needle", "a needle in a haystack of needles"); ("x", "abc"); ("aaaa", "aaaaaaa") ] in
  List.iter
    (fun (pattern, text) ->
      let found = search pattern text in
      Printf.printf "%s in %s: [%s] %b\n" pattern text (show found) (found = naive pattern text))
    cases

(* stdout {expected|
0 0 1 0 1 2 3 2
aba in ababababa: [0 2 4 6] true
needle in a needle in a haystack of needles: [2 26] true
x in abc: [] true
aaaa in aaaaaaa: [0 1 2 3] true
|expected} *)
