(* Regular expressions.

   An expression is parsed into a tree and compiled into closures: a matcher takes a position and the matcher of what
   follows is part of it, so trying and backtracking are calls and returns. *)

type set = bytes

(* Groups are numbered from 1; 0 is the whole match. *)
type tree =
  | Char of char
  | Text of string
  | Set of set
  | Sequence of tree list
  | Choice of tree * tree
  | Star of tree
  | Plus of tree
  | Optional of tree
  | Group of int * tree
  | Back_reference of int
  | Line_start
  | Line_end
  | Word_boundary

(* Sets of characters: a byte for each *)

let empty_set () = Bytes.make 256 '\000'
let full_set () = Bytes.make 256 '\001'
let mem set c = Bytes.unsafe_get set (Char.code c) <> '\000'
let add set c = Bytes.set set (Char.code c) '\001'
let complement set = Bytes.map (function '\000' -> '\001' | _ -> '\000') set
let union a b = Bytes.mapi (fun i x -> if x = '\000' then Bytes.get b i else x) a
let disjoint a b = not (Seq.exists (fun (i, x) -> x <> '\000' && Bytes.get b i <> '\000') (Bytes.to_seqi a))

let singleton c =
  let set = empty_set () in
  add set c;
  set

let any_but_newline =
  let set = full_set () in
  Bytes.set set (Char.code '\n') '\000';
  set

(* Case is that of Latin-1. *)

let lowercase c =
  match c with 'A' .. 'Z' | '\192' .. '\214' | '\216' .. '\222' -> Char.chr (Char.code c + 32) | c -> c

let uppercase c =
  match c with 'a' .. 'z' | '\224' .. '\246' | '\248' .. '\254' -> Char.chr (Char.code c - 32) | c -> c

let with_both_cases set =
  let both = Bytes.copy set in
  let add_cases i x =
    if x <> '\000' then begin
      add both (lowercase (Char.chr i));
      add both (uppercase (Char.chr i))
    end
  in
  Bytes.iteri add_cases set;
  both

(* Parsing. With [fold], the tree has small letters, and sets have both. *)

type source = { text : string; fold : bool; mutable at : int; mutable groups : int }

let character source c = Char (if source.fold then lowercase c else c)

let looks_at source s =
  let n = String.length s in
  source.at + n <= String.length source.text && String.sub source.text source.at n = s

let accepts source s =
  let found = looks_at source s in
  if found then source.at <- source.at + String.length s;
  found

let ends source = source.at >= String.length source.text

let next source =
  source.at <- source.at + 1;
  source.text.[source.at - 1]

(* After [. A ] in the first place stands for itself, and so does a - in the last. *)
let parse_set source =
  let unclosed () = failwith "[ class not closed by ]" in
  let next () = if ends source then unclosed () else next source in
  let set = empty_set () in
  let reverse = accepts source "^" in
  let rec elements c =
    if accepts source "-" then
      match next () with
      | ']' ->
          add set c;
          add set '-'
      | last ->
          for code = Char.code c to Char.code last do
            add set (Char.chr code)
          done;
          rest ()
    else begin
      add set c;
      rest ()
    end
  and rest () = match next () with ']' -> () | c -> elements c in
  elements (next ());
  let set = if source.fold then with_both_cases set else set in
  if reverse then complement set else set

let rec parse_choice source =
  let rec more left =
    if accepts source "\\|" then more (Choice (left, parse_sequence source)) else left
  in
  more (parse_sequence source)

and parse_sequence source =
  let rec pieces before =
    if ends source || looks_at source "\\|" || looks_at source "\\)" then Sequence (List.rev before)
    else pieces (parse_repeated source :: before)
  in
  pieces []

and parse_repeated source =
  let rec repeat tree =
    if accepts source "*" then repeat (Star tree)
    else if accepts source "+" then repeat (Plus tree)
    else if accepts source "?" then repeat (Optional tree)
    else tree
  in
  repeat (parse_single source)

and parse_single source =
  match next source with
  | '.' -> Set any_but_newline
  | '^' -> Line_start
  | '$' -> Line_end
  | '[' -> Set (parse_set source)
  | '\\' when not (ends source) -> (
      match next source with
      | '(' ->
          let number = source.groups in
          source.groups <- number + 1;
          let tree = parse_choice source in
          if not (accepts source "\\)") then failwith "\\( group not closed by \\)";
          Group (number, tree)
      | '1' .. '9' as c -> Back_reference (Char.code c - Char.code '0')
      | 'b' -> Word_boundary
      | c -> character source c)
  | c -> character source c

let parse fold text =
  let source = { text; fold; at = 0; groups = 1 } in
  let tree = parse_choice source in
  if not (ends source) then failwith "spurious \\) in regular expression";
  (tree, source.groups)

(* What the compiler wants to know of a tree *)

let rec is_nullable = function
  | Char _ | Set _ -> false
  | Text s -> s = ""
  | Sequence trees -> List.for_all is_nullable trees
  | Choice (a, b) -> is_nullable a || is_nullable b
  | Star _ | Optional _ | Back_reference _ | Line_start | Line_end | Word_boundary -> true
  | Plus tree | Group (_, tree) -> is_nullable tree

(* The characters that a match can begin with; of a nullable tree, those of what it matches if that is something. *)
let rec first_set = function
  | Char c -> singleton c
  | Text s -> if s = "" then empty_set () else singleton s.[0]
  | Set set -> set
  | Sequence [] -> empty_set ()
  | Sequence (tree :: rest) ->
      if is_nullable tree then union (first_set tree) (first_set (Sequence rest)) else first_set tree
  | Choice (a, b) -> union (first_set a) (first_set b)
  | Star tree | Plus tree | Optional tree | Group (_, tree) -> first_set tree
  | Back_reference _ -> full_set ()
  | Line_start | Line_end | Word_boundary -> empty_set ()

(* Sequences without sequences inside; characters next to each other as one text. *)
let rec simplify = function
  | Sequence trees -> (
      match join (List.concat_map (fun tree -> parts (simplify tree)) trees) with
      | [ tree ] -> tree
      | trees -> Sequence trees)
  | Choice (a, b) -> Choice (simplify a, simplify b)
  | Star tree -> Star (simplify tree)
  | Plus tree -> Plus (simplify tree)
  | Optional tree -> Optional (simplify tree)
  | Group (number, tree) -> Group (number, simplify tree)
  | tree -> tree

and parts = function Sequence trees -> trees | tree -> [ tree ]

and join = function
  | Char a :: Char b :: rest -> join (Text (String.make 1 a ^ String.make 1 b) :: rest)
  | Text a :: Char b :: rest -> join (Text (a ^ String.make 1 b) :: rest)
  | tree :: rest -> tree :: join rest
  | [] -> []

(* Matching *)

(* A search: [bounds] are the groups' beginnings and ends, -1 where there is none; [marks] are where the current turns
   of loops began; with [partial], the end of the text is as good as a match; [stop] is where the match ended. *)
type search = {
  subject : string;
  length : int;
  bounds : int array;
  marks : int array;
  partial : bool;
  mutable stop : int;
}

type matcher = search -> int -> bool

let accept search at =
  search.stop <- at;
  true

(* The text ends where more is wanted. *)
let at_end search = if search.partial then accept search search.length else false

let is_letter = function
  | '0' .. '9' | 'A' .. 'Z' | '_' | 'a' .. 'z' -> true
  | '\192' .. '\214' | '\216' .. '\246' | '\248' .. '\255' -> true
  | _ -> false

let match_set set (next : matcher) search at =
  if at >= search.length then at_end search
  else mem set (String.unsafe_get search.subject at) && next search (at + 1)

(* [fold] maps characters of the subject to those of the expression. *)
let match_char fold c (next : matcher) search at =
  if at >= search.length then at_end search
  else fold (String.unsafe_get search.subject at) = c && next search (at + 1)

let match_text fold s (next : matcher) search at =
  let n = String.length s in
  let rec from i =
    if i = n then next search (at + n)
    else if at + i >= search.length then at_end search
    else fold (String.unsafe_get search.subject (at + i)) = String.unsafe_get s i && from (i + 1)
  in
  from 0

let rec skip_while set search at =
  if at < search.length && mem set (String.unsafe_get search.subject at) then skip_while set search (at + 1) else at

(* As many characters of a set as there are, then fewer, but not fewer than up to [least]. *)
let match_many set least (next : matcher) search at =
  let stop = skip_while set search at in
  if stop = search.length && search.partial then at_end search
  else
    let rec back stop = stop >= at + least && (next search stop || back (stop - 1)) in
    back stop

(* No fewer than all characters can be followed by what follows. *)
let match_all set least (next : matcher) search at =
  let stop = skip_while set search at in
  if stop = search.length && search.partial then at_end search else stop >= at + least && next search stop

(* Notes the position in a cell, and puts the old one back when that was wrong. *)
let note cells n (next : matcher) search at =
  let before = cells.(n) in
  cells.(n) <- at;
  next search at
  || begin
       cells.(n) <- before;
       false
     end

let set_bound n next search at = note search.bounds n next search at
let set_mark n next search at = note search.marks n next search at

let match_back_reference n (next : matcher) search at =
  let start = if 2 * n < Array.length search.bounds then search.bounds.(2 * n) else -1 in
  let stop = if start < 0 then -1 else search.bounds.((2 * n) + 1) in
  if start < 0 || stop < 0 then false
  else
    let rec from i =
      if start + i >= stop then next search (at + i)
      else if at + i >= search.length then at_end search
      else search.subject.[start + i] = search.subject.[at + i] && from (i + 1)
    in
    from 0

let match_line_start (next : matcher) search at = (at = 0 || search.subject.[at - 1] = '\n') && next search at
let match_line_end (next : matcher) search at = (at = search.length || search.subject.[at] = '\n') && next search at

let match_word_boundary (next : matcher) search at =
  let letter at = is_letter search.subject.[at] in
  if at = 0 && at = search.length then at_end search
  else
    let before = at > 0 && letter (at - 1) in
    if at = search.length && not before then at_end search
    else
      let after = at < search.length && letter at in
      before <> after && next search at

(* Compiling. [follow] are the characters that can come after; None: any, or the end. [marks] counts the marks. *)

let rec compile fold marks tree follow (next : matcher) : matcher =
  match tree with
  | Char c -> match_char fold c next
  | Text s -> match_text fold s next
  | Set set -> match_set set next
  | Sequence trees -> compile_sequence fold marks trees follow next
  | Choice (a, b) ->
      let a = compile fold marks a follow next and b = compile fold marks b follow next in
      fun search at -> a search at || b search at
  | Optional tree ->
      let some = compile fold marks tree follow next in
      fun search at -> some search at || next search at
  | Star (Set set) -> many set 0 follow next
  | Plus (Set set) -> many set 1 follow next
  | Star tree -> compile_star fold marks tree next
  | Plus tree -> compile fold marks tree None (compile_star fold marks tree next)
  | Group (n, tree) -> set_bound (2 * n) (compile fold marks tree follow (set_bound ((2 * n) + 1) next))
  | Back_reference n -> match_back_reference n next
  | Line_start -> match_line_start next
  | Line_end -> match_line_end next
  | Word_boundary -> match_word_boundary next

and compile_sequence fold marks trees follow next =
  match trees with
  | [] -> next
  | tree :: rest ->
      let first_of_rest = Sequence rest in
      let follow_tree = if is_nullable first_of_rest then None else Some (first_set first_of_rest) in
      compile fold marks tree follow_tree (compile_sequence fold marks rest follow next)

and many set least follow next =
  match follow with
  | Some follow when disjoint set follow -> match_all set least next
  | _ -> match_many set least next

(* A turn that matches nothing would go on for ever: it fails. *)
and compile_star fold marks tree next =
  let turn = ref next in
  let loop search at = !turn search at || next search at in
  if is_nullable tree then begin
    let mark = !marks in
    incr marks;
    let advanced search at = at > search.marks.(mark) && loop search at in
    turn := set_mark mark (compile fold marks tree None advanced)
  end
  else turn := compile fold marks tree None loop;
  loop

(* Expressions *)

(* [first] are the characters that a match begins with, unless the empty text matches too. *)
type regexp = { matcher : matcher; groups : int; marks : int; first : set option }

(* With case folded, the expression has small letters and sets have both. *)

let make fold_case (tree, groups) =
  let tree = simplify tree in
  let fold = if fold_case then lowercase else fun c -> c in
  let first =
    if is_nullable tree then None
    else Some (if fold_case then with_both_cases (first_set tree) else first_set tree)
  in
  let marks = ref 0 in
  let matcher = compile fold marks tree None accept in
  { matcher; groups; marks = !marks; first }

let regexp text = make false (parse false text)
let regexp_case_fold text = make true (parse true text)
let regexp_string text = make false (Text text, 1)
let regexp_string_case_fold text = make true (Text (String.map lowercase text), 1)

let quote s =
  let b = Buffer.create (2 * String.length s) in
  String.iter
    (fun c ->
      (match c with '[' | ']' | '*' | '.' | '\\' | '?' | '+' | '^' | '$' -> Buffer.add_char b '\\' | _ -> ());
      Buffer.add_char b c)
    s;
  Buffer.contents b

(* Searching *)

(* The bounds of the last match's groups. *)
let last_match = ref [||]

let match_at regexp search at =
  regexp.matcher search at
  && begin
       search.bounds.(0) <- at;
       search.bounds.(1) <- search.stop;
       last_match := search.bounds;
       true
     end

let new_search regexp subject partial =
  let bounds = Array.make (2 * regexp.groups) (-1) and marks = Array.make regexp.marks (-1) in
  { subject; length = String.length subject; bounds; marks; partial; stop = 0 }

(* The position of the first match at [at], [at + step], … *)
let find name regexp subject at step =
  let search = new_search regexp subject false in
  if at < 0 || at > search.length then invalid_arg name;
  let possible at =
    match regexp.first with
    | None -> true
    | Some set -> at < search.length && mem set (String.unsafe_get subject at)
  in
  let rec from at =
    if at < 0 || at > search.length then begin
      last_match := [||];
      raise Not_found
    end
    else if possible at && match_at regexp search at then at
    else from (at + step)
  in
  from at

let match_here name partial regexp subject at =
  if at < 0 || at > String.length subject then invalid_arg name;
  match_at regexp (new_search regexp subject partial) at
  || begin
       last_match := [||];
       false
     end

let string_match regexp subject at = match_here "Str.string_match" false regexp subject at
let string_partial_match regexp subject at = match_here "Str.string_partial_match" true regexp subject at
let search_forward regexp subject at = find "Str.search_forward" regexp subject at 1
let search_backward regexp subject at = find "Str.search_backward" regexp subject at (-1)

let bound name group side =
  if group < 0 || 2 * group >= Array.length !last_match then invalid_arg name;
  match !last_match.((2 * group) + side) with -1 -> raise Not_found | at -> at

let group_beginning group = bound "Str.group_beginning" group 0
let group_end group = bound "Str.group_end" group 1
let match_beginning () = group_beginning 0
let match_end () = group_end 0

let matched_group group subject =
  let start = bound "Str.matched_group" group 0 in
  let stop = bound "Str.matched_group" group 1 in
  String.sub subject start (stop - start)

let matched_string subject = matched_group 0 subject

(* Parts of strings *)

let string_before s n = String.sub s 0 n
let string_after s n = String.sub s n (String.length s - n)
let first_chars s n = String.sub s 0 n
let last_chars s n = String.sub s (String.length s - n) n
let search_opt regexp s at = match search_forward regexp s at with at -> Some at | exception Not_found -> None

(* Replacing *)

let replace_matched template subject =
  let b = Buffer.create (String.length template) in
  let n = String.length template in
  let add_group group =
    match matched_group group subject with
    | s -> Buffer.add_string b s
    | exception (Not_found | Invalid_argument _) -> failwith "Str.replace: reference to unmatched group"
  in
  let rec from i =
    if i < n then
      if template.[i] <> '\\' then begin
        Buffer.add_char b template.[i];
        from (i + 1)
      end
      else begin
        if i + 1 = n then failwith "Str.replace: illegal backslash sequence";
        (match template.[i + 1] with
        | '\\' -> Buffer.add_char b '\\'
        | '0' .. '9' as c -> add_group (Char.code c - Char.code '0')
        | c ->
            Buffer.add_char b '\\';
            Buffer.add_char b c);
        from (i + 2)
      end
  in
  from 0;
  Buffer.contents b

let substitute_first regexp f s =
  match search_opt regexp s 0 with
  | None -> s
  | Some start ->
      let stop = match_end () in
      let replacement = f s in
      String.concat "" [ string_before s start; replacement; string_after s stop ]

(* After an empty match the search goes on one further. *)
let global_substitute regexp f s =
  let b = Buffer.create (String.length s) in
  let rec from at next =
    match if next > String.length s then None else search_opt regexp s next with
    | None -> Buffer.add_substring b s at (String.length s - at)
    | Some start ->
        let stop = match_end () in
        let replacement = f s in
        Buffer.add_substring b s at (start - at);
        Buffer.add_string b replacement;
        from stop (if stop = start then stop + 1 else stop)
  in
  from 0 0;
  Buffer.contents b

let replace_first regexp template s = substitute_first regexp (replace_matched template) s
let global_replace regexp template s = global_substitute regexp (replace_matched template) s

(* Splitting *)

(* The next match that is not the empty text at [at] itself. *)
let search_on regexp s at =
  match search_opt regexp s at with
  | Some _ when match_end () <= at -> if at < String.length s then search_opt regexp s (at + 1) else None
  | found -> found

(* At most [n] parts, unless [n] is 0; newest first. *)
let bounded_split regexp s n =
  let rec split parts at n =
    if at >= String.length s then parts
    else if n = 1 then string_after s at :: parts
    else
      match search_on regexp s at with
      | None -> string_after s at :: parts
      | Some start ->
          let stop = match_end () in
          split (String.sub s at (start - at) :: parts) stop (n - 1)
  in
  let first = if string_match regexp s 0 then match_end () else 0 in
  List.rev (split [] first n)

let bounded_split_delim regexp s n =
  let rec split parts at n =
    if at > String.length s then parts
    else if n = 1 then string_after s at :: parts
    else
      match search_on regexp s at with
      | None -> string_after s at :: parts
      | Some start ->
          let stop = match_end () in
          split (String.sub s at (start - at) :: parts) stop (n - 1)
  in
  if s = "" then [] else List.rev (split [] 0 n)

type split_result = Text of string | Delim of string

let bounded_full_split regexp s n =
  let rec split parts at n =
    if at >= String.length s then parts
    else if n = 1 then Text (string_after s at) :: parts
    else
      match search_on regexp s at with
      | None -> Text (string_after s at) :: parts
      | Some start ->
          let stop = match_end () and delimiter = Delim (matched_string s) in
          let parts = if start > at then Text (String.sub s at (start - at)) :: parts else parts in
          split (delimiter :: parts) stop (n - 1)
  in
  List.rev (split [] 0 n)

let split regexp s = bounded_split regexp s 0
let split_delim regexp s = bounded_split_delim regexp s 0
let full_split regexp s = bounded_full_split regexp s 0
