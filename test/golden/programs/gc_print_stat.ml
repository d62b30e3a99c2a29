(* Gc.print_stat: its lines, without the figures; how wide they are depends on them. *)

let lines file =
  let channel = open_in file in
  let rec all acc =
    match input_line channel with line -> all (line :: acc) | exception End_of_file -> List.rev acc
  in
  let result = all [] in
  close_in channel;
  result

let rec last = function [ x ] -> x | _ :: l -> last l | [] -> ""
let is_number s = s <> "" && String.for_all (fun c -> c >= '0' && c <= '9') s

let split line =
  let i = String.index line ':' in
  let rest = String.sub line (i + 1) (String.length line - i - 1) in
  (String.sub line 0 i, last (String.split_on_char ' ' rest), String.length line)

(* Lines of a paragraph end in the same column, unless a figure is longer than the first one's. *)
let aligned = function
  | [] -> true
  | first :: _ as paragraph ->
      let _, figure, length = split first in
      List.for_all
        (fun line ->
          let _, f, l = split line in
          l = length || String.length f > String.length figure)
        paragraph

let rec paragraphs current = function
  | [] -> [ List.rev current ]
  | "" :: rest -> List.rev current :: paragraphs [] rest
  | line :: rest -> paragraphs (line :: current) rest

let () =
  let file = Filename.temp_file "gc" ".txt" in
  let channel = open_out file in
  Gc.print_stat channel;
  close_out channel;
  List.iteri
    (fun i paragraph ->
      Printf.printf "paragraph, aligned: %b\n" (i = 0 || i = 3 || aligned paragraph);
      List.iter
        (fun line ->
          let name, figure, length = split line in
          Printf.printf "  %s: %b, figure from column %d\n" name (is_number figure)
            (if i = 0 || i = 3 then length - String.length figure else 0))
        paragraph)
    (paragraphs [] (lines file));
  Sys.remove file

(* stdout {expected|
paragraph, aligned: true
  minor_collections: true, figure from column 24
  major_collections: true, figure from column 24
  compactions: true, figure from column 24
  forced_major_collections: true, figure from column 26
paragraph, aligned: true
  minor_words: true, figure from column 0
  promoted_words: true, figure from column 0
  major_words: true, figure from column 0
paragraph, aligned: true
  top_heap_words: true, figure from column 0
  heap_words: true, figure from column 0
  live_words: true, figure from column 0
  free_words: true, figure from column 0
  largest_free: true, figure from column 0
  fragments: true, figure from column 0
paragraph, aligned: true
  live_blocks: true, figure from column 13
  free_blocks: true, figure from column 13
  heap_chunks: true, figure from column 13
|expected} *)
