(* CSV with quotes, joined, grouped and printed as a table. *)

let parse text =
  let field = Buffer.create 16 in
  let take () = let s = Buffer.contents field in Buffer.clear field; s in
  let n = String.length text in
  let rec plain i row rows =
    if i >= n then finish row rows
    else
      match text.[i] with
      | ',' -> plain (i + 1) (take () :: row) rows
      | '\n' -> plain (i + 1) [] (List.rev (take () :: row) :: rows)
      | '"' -> quoted (i + 1) row rows
      | c -> Buffer.add_char field c; plain (i + 1) row rows
  and quoted i row rows =
    if i >= n then failwith "unterminated quote"
    else
      match text.[i] with
      | '"' when i + 1 < n && text.[i + 1] = '"' -> Buffer.add_char field '"'; quoted (i + 2) row rows
      | '"' -> plain (i + 1) row rows
      | c -> Buffer.add_char field c; quoted (i + 1) row rows
  and finish row rows = List.rev (if row = [] && Buffer.length field = 0 then rows else List.rev (take () :: row) :: rows) in
  plain 0 [] []

let quote s = if String.exists (fun c -> c = ',' || c = '"' || c = '\n') s then "\"" ^ String.concat "\"\"" (String.split_on_char '"' s) ^ "\"" else s
let print rows = String.concat "\n" (List.map (fun r -> String.concat "," (List.map quote r)) rows)

module By_name = Map.Make (String)

let group key value rows =
  List.fold_left
    (fun groups row -> By_name.update (key row) (fun l -> Some (value row :: Option.value l ~default:[])) groups)
    By_name.empty rows

let table rows =
  let columns = List.fold_left (fun widths row -> List.mapi (fun i cell -> max (String.length cell) (try List.nth widths i with Failure _ -> 0)) row) [] rows in
  let line row = String.concat " | " (List.map2 (fun w cell -> Printf.sprintf "%-*s" w cell) columns row) in
  match rows with
  | [] -> ""
  | header :: body ->
    let rule = String.concat "-+-" (List.map (fun w -> String.make w '-') columns) in
    String.concat "\n" (line header :: rule :: List.map line body)

let source = {|name,city,amount
Ann,"Paris, FR",10
Bob,London,25
"Cy ""the"" C",London,5
"Dee
Dee","Paris, FR",7
|}

let () =
  let rows = parse source in
  List.iter (fun r -> print_endline (String.concat "|" (List.map String.escaped r))) rows;
  Printf.printf "%b\n" (parse (print rows) = rows);
  let groups = group (fun r -> List.nth r 1) (fun r -> int_of_string (List.nth r 2)) (List.tl rows) in
  let summary = By_name.fold (fun city l acc -> [ city; string_of_int (List.length l); string_of_int (List.fold_left ( + ) 0 l) ] :: acc) groups [] in
  print_endline (table ([ "city"; "people"; "total" ] :: List.rev summary));
  List.iter (fun t -> Printf.printf "%d " (List.length (parse t))) [ ""; "a"; "a\n"; "a\n\n"; ",\n" ];
  print_newline ();
  match parse "\"open" with _ -> () | exception Failure m -> print_endline m

(* stdout {expected|
name|city|amount
Ann|Paris, FR|10
Bob|London|25
Cy \"the\" C|London|5
Dee\nDee|Paris, FR|7
true
city      | people | total
----------+--------+------
London    | 2      | 30   
Paris, FR | 2      | 17   
0 1 1 2 1 
unterminated quote
|expected} *)
