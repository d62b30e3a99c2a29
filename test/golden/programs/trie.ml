type trie = { mutable terminal : bool; children : (char, trie) Hashtbl.t }

let create () = { terminal = false; children = Hashtbl.create 4 }

let insert root word =
  let node =
    String.fold_left
      (fun node c ->
        match Hashtbl.find_opt node.children c with
        | Some child -> child
        | None ->
            let child = create () in
            Hashtbl.add node.children c child;
            child)
      root word
  in
  node.terminal <- true

let rec find node word i = if i = String.length word then Some node else Option.bind (Hashtbl.find_opt node.children word.[i]) (fun child -> find child word (i + 1))

let rec words prefix node =
  let here = if node.terminal then [ prefix ] else [] in
  let below = List.sort compare (Hashtbl.fold (fun c child acc -> (c, child) :: acc) node.children []) in
  here @ List.concat_map (fun (c, child) -> words (prefix ^ String.make 1 c) child) below

let () =
  let root = create () in
  List.iter (insert root) [ "car"; "card"; "care"; "cart"; "cat"; "dog"; "do"; "" ];
  List.iter
    (fun p -> Printf.printf "%S: %s\n" p (match find root p 0 with None -> "none" | Some n -> String.concat " " (List.map (Printf.sprintf "%S") (words p n))))
    [ "car"; "do"; "x"; "cat"; "" ]

(* stdout {expected|
"car": "car" "card" "care" "cart"
"do": "do" "dog"
"x": none
"cat": "cat"
"": "" "car" "card" "care" "cart" "cat" "do" "dog"
|expected} *)
