(* A converter from a small Markdown to HTML: blocks, nested emphasis, links, lists, code. *)

type inline = Plain of string | Emphasis of inline list | Strong of inline list | Code of string | Link of { label : inline list; target : string }
type block = Heading of int * inline list | Paragraph of inline list | List of { ordered : bool; items : inline list list } | Verbatim of string list | Rule

let starts_at s i prefix = i + String.length prefix <= String.length s && String.sub s i (String.length prefix) = prefix

let find_from s i sub =
  let rec go i = if i + String.length sub > String.length s then None else if starts_at s i sub then Some i else go (i + 1) in
  go i

let rec inlines s =
  let n = String.length s in
  let rec go i start acc =
    let flush () = if i > start then Plain (String.sub s start (i - start)) :: acc else acc in
    let span mark make =
      let inner = i + String.length mark in
      Option.map
        (fun close -> (make (String.sub s inner (close - inner)), close + String.length mark))
        (Option.bind (find_from s inner mark) (fun c -> if c > inner then Some c else None))
    in
    let continue = function Some (node, next) -> go next next (node :: flush ()) | None -> go (i + 1) start acc in
    if i >= n then List.rev (flush ())
    else
      match s.[i] with
      | '`' -> continue (span "`" (fun t -> Code t))
      | '*' when starts_at s i "**" -> continue (span "**" (fun t -> Strong (inlines t)))
      | '*' -> continue (span "*" (fun t -> Emphasis (inlines t)))
      | '[' ->
        continue
          (match find_from s i "](" with
          | None -> None
          | Some middle ->
            Option.map
              (fun close ->
                (Link { label = inlines (String.sub s (i + 1) (middle - i - 1)); target = String.sub s (middle + 2) (close - middle - 2) }, close + 1))
              (find_from s middle ")"))
      | _ -> go (i + 1) start acc
  in
  go 0 0 []

let after s k = String.trim (String.sub s k (String.length s - k))
let heading l = let rec level i = if i < String.length l && l.[i] = '#' then level (i + 1) else i in let n = level 0 in if n > 0 && n < 7 then Some (n, after l n) else None
let bullet l = if starts_at l 0 "- " then Some (after l 2) else None
let numbered l = match String.index_opt l '.' with Some i when i > 0 && int_of_string_opt (String.sub l 0 i) <> None -> Some (after l (i + 1)) | _ -> None

let rec take_while f = function
  | l :: rest -> ( match f l with Some x -> let xs, rest = take_while f rest in (x :: xs, rest) | None -> ([], l :: rest))
  | [] -> ([], [])

let rec blocks = function
  | [] -> []
  | "" :: rest -> blocks rest
  | "---" :: rest -> Rule :: blocks rest
  | "```" :: rest ->
    let code, rest = take_while (fun l -> if l = "```" then None else Some l) rest in
    Verbatim code :: blocks (match rest with _ :: r -> r | [] -> [])
  | l :: _ as lines -> (
    match (heading l, bullet l, numbered l) with
    | Some (n, t), _, _ -> Heading (n, inlines t) :: blocks (List.tl lines)
    | _, Some _, _ -> let items, rest = take_while bullet lines in List { ordered = false; items = List.map inlines items } :: blocks rest
    | _, _, Some _ -> let items, rest = take_while numbered lines in List { ordered = true; items = List.map inlines items } :: blocks rest
    | None, None, None ->
      let plain l = if l = "" || bullet l <> None || heading l <> None then None else Some l in
      let text, rest = take_while plain lines in
      Paragraph (inlines (String.concat " " text)) :: blocks rest)

let escape s = String.concat "" (List.map (function '<' -> "&lt;" | '>' -> "&gt;" | '&' -> "&amp;" | c -> String.make 1 c) (List.of_seq (String.to_seq s)))
let tag name body = Printf.sprintf "<%s>%s</%s>" name body name

let rec html l = String.concat "" (List.map inline l)

and inline = function
  | Plain s -> escape s
  | Emphasis l -> tag "em" (html l)
  | Strong l -> tag "strong" (html l)
  | Code s -> tag "code" (escape s)
  | Link { label; target } -> Printf.sprintf "<a href=%S>%s</a>" target (html label)

let block = function
  | Heading (n, l) -> tag (Printf.sprintf "h%d" n) (html l)
  | Paragraph l -> tag "p" (html l)
  | List { ordered; items } -> tag (if ordered then "ol" else "ul") (String.concat "" (List.map (fun i -> tag "li" (html i)) items))
  | Verbatim lines -> tag "pre" (escape (String.concat "\n" lines))
  | Rule -> "<hr>"

let source = {|# A *small* title

Some **strong text with *emphasis* inside**, `code <b>` and a [link to `x`](http://example.org).
Second line & more, 2 * 3 * 4 = 24.

- one
- two **bold**
## Next
1. first
2. second

```
let x = 1 < 2
```
---
Unclosed *emphasis and [brackets|}

let () = List.iter (fun b -> print_endline (block b)) (blocks (String.split_on_char '\n' source))

(* stdout {expected|
<h1>A <em>small</em> title</h1>
<p>Some <strong>strong text with <em>emphasis</em> inside</strong>, <code>code &lt;b&gt;</code> and a <a href="http://example.org">link to <code>x</code></a>. Second line &amp; more, 2 <em> 3 </em> 4 = 24.</p>
<ul><li>one</li><li>two <strong>bold</strong></li></ul>
<h2>Next</h2>
<ol><li>first</li><li>second</li></ol>
<pre>let x = 1 &lt; 2</pre>
<hr>
<p>Unclosed *emphasis and [brackets</p>
|expected} *)
