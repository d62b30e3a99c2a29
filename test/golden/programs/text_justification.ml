(* Texts: filling and justifying paragraphs, wrapping with least raggedness, columns, an index of words. *)

let words text = List.filter (( <> ) "") (String.split_on_char ' ' (String.map (function '\n' -> ' ' | c -> c) text))

let fill width text =
  let add (lines, line) word =
    if line = "" then (lines, word)
    else if String.length line + 1 + String.length word <= width then (lines, line ^ " " ^ word)
    else (line :: lines, word)
  in
  let lines, last = List.fold_left add ([], "") (words text) in
  List.rev (last :: lines)

let justify width line =
  match words line with
  | [] -> ""
  | [ w ] -> w
  | l ->
    let gaps = List.length l - 1 in
    let spaces = width - List.fold_left (fun n w -> n + String.length w) 0 l in
    let gap i = String.make ((spaces / gaps) + if i < spaces mod gaps then 1 else 0) ' ' in
    String.concat "" (List.mapi (fun i w -> if i < gaps then w ^ gap i else w) l)

let centre width line = String.make ((width - String.length line) / 2) ' ' ^ line
let right width line = Printf.sprintf "%*s" width line

(* Breaks that make the sum of the squares of what is left free least. *)
let smooth width text =
  let w = Array.of_list (words text) in
  let n = Array.length w in
  let best = Array.make (n + 1) (0, n) in
  for i = n - 1 downto 0 do
    let rec try_end j length (cost, at) =
      if j > n || length > width then (cost, at)
      else
        let free = if j = n then 0 else width - length in
        let total = (free * free) + fst best.(j) in
        let next = if j < n then length + 1 + String.length w.(j) else max_int in
        try_end (j + 1) next (if total < cost then (total, j) else (cost, at))
    in
    best.(i) <- try_end (i + 1) (String.length w.(i)) (max_int, i + 1)
  done;
  let rec lines i = if i >= n then [] else let j = snd best.(i) in String.concat " " (Array.to_list (Array.sub w i (j - i))) :: lines j in
  lines 0

module Index = Map.Make (String)

let index lines =
  let clean w = String.lowercase_ascii (String.concat "" (String.split_on_char ',' (String.concat "" (String.split_on_char '.' w)))) in
  List.fold_left
    (fun (i, index) line ->
      (i + 1, List.fold_left (fun index w -> Index.update (clean w) (fun l -> Some (i :: Option.value l ~default:[])) index) index (words line)))
    (1, Index.empty) lines
  |> snd

let text = "In the beginning there was only text, and text was without form.\nThen came columns, margins and breaks, and the text was good."

let () =
  let show title lines = print_endline ("-- " ^ title); List.iter (fun l -> Printf.printf "|%s|\n" l) lines in
  show "fill" (fill 24 text);
  show "justify" (List.map (justify 24) (fill 24 text));
  show "smooth" (smooth 24 text);
  show "centre" (List.map (centre 24) (fill 24 text));
  show "right" (List.map (right 24) (fill 24 text));
  Index.iter (fun w l -> if List.length l > 1 then Printf.printf "%s %s\n" w (String.concat "," (List.rev_map string_of_int l))) (index (fill 24 text))

(* stdout {expected|
-- fill
|In the beginning there|
|was only text, and text|
|was without form. Then|
|came columns, margins|
|and breaks, and the text|
|was good.|
-- justify
|In  the  beginning there|
|was  only text, and text|
|was  without  form. Then|
|came   columns,  margins|
|and breaks, and the text|
|was                good.|
-- smooth
|In the beginning there|
|was only text, and text|
|was without form. Then|
|came columns, margins|
|and breaks, and the text|
|was good.|
-- centre
| In the beginning there|
|was only text, and text|
| was without form. Then|
| came columns, margins|
|and breaks, and the text|
|       was good.|
-- right
|  In the beginning there|
| was only text, and text|
|  was without form. Then|
|   came columns, margins|
|and breaks, and the text|
|               was good.|
and 2,5,5
text 2,2,5
the 1,5
was 2,3,6
|expected} *)
