let is_letter c = ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z')

let words text =
  String.map (fun c -> if is_letter c then Char.lowercase_ascii c else ' ') text
  |> String.split_on_char ' '
  |> List.filter (fun word -> word <> "")

let count text =
  let counts = Hashtbl.create 16 in
  let add word = Hashtbl.replace counts word (1 + Option.value ~default:0 (Hashtbl.find_opt counts word)) in
  List.iter add (words text);
  counts
