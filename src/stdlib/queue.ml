(* A singly linked list of cells with pointers to both ends. *)

exception Empty

type 'a cell = Nil | Cons of { content : 'a; mutable next : 'a cell }
type 'a t = { mutable length : int; mutable first : 'a cell; mutable last : 'a cell }

let create () = { length = 0; first = Nil; last = Nil }

let clear q =
  q.length <- 0;
  q.first <- Nil;
  q.last <- Nil

let add x q =
  let cell = Cons { content = x; next = Nil } in
  (match q.last with Nil -> q.first <- cell | Cons last -> last.next <- cell);
  q.last <- cell;
  q.length <- q.length + 1

let push = add
let peek q = match q.first with Nil -> raise Empty | Cons { content; _ } -> content
let peek_opt q = match q.first with Nil -> None | Cons { content; _ } -> Some content
let top = peek

let remove_first q next =
  match next with
  | Nil -> clear q
  | Cons _ ->
      q.length <- q.length - 1;
      q.first <- next

let take q =
  match q.first with
  | Nil -> raise Empty
  | Cons { content; next } ->
      remove_first q next;
      content

let take_opt q =
  match q.first with
  | Nil -> None
  | Cons { content; next } ->
      remove_first q next;
      Some content

let pop = take
let drop q = match q.first with Nil -> raise Empty | Cons { next; _ } -> remove_first q next
let is_empty q = q.length = 0
let length q = q.length

let iter f q =
  let rec go = function
    | Nil -> ()
    | Cons { content; next } ->
        f content;
        go next
  in
  go q.first

let fold f acc q =
  let rec go acc = function Nil -> acc | Cons { content; next } -> go (f acc content) next in
  go acc q.first

let copy q =
  let result = create () in
  iter (fun x -> add x result) q;
  result

let transfer source target =
  if source.length > 0 then begin
    (match target.last with Nil -> target.first <- source.first | Cons last -> last.next <- source.first);
    target.last <- source.last;
    target.length <- target.length + source.length;
    clear source
  end

let to_seq q =
  let rec from cell () = match cell with Nil -> Seq.Nil | Cons { content; next } -> Seq.Cons (content, from next) in
  from q.first

let add_seq q xs = Seq.iter (fun x -> add x q) xs

let of_seq xs =
  let q = create () in
  add_seq q xs;
  q
