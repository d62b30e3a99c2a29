exception Empty

type 'a t = { mutable items : 'a list; mutable length : int }

let create () = { items = []; length = 0 }

let clear s =
  s.items <- [];
  s.length <- 0

let copy s = { items = s.items; length = s.length }

let push x s =
  s.items <- x :: s.items;
  s.length <- s.length + 1

let remove_top s rest =
  s.items <- rest;
  s.length <- s.length - 1

let pop s =
  match s.items with
  | [] -> raise Empty
  | x :: rest ->
      remove_top s rest;
      x

let pop_opt s =
  match s.items with
  | [] -> None
  | x :: rest ->
      remove_top s rest;
      Some x

let drop s = match s.items with [] -> raise Empty | _ :: rest -> remove_top s rest
let top s = match s.items with x :: _ -> x | [] -> raise Empty
let top_opt s = match s.items with x :: _ -> Some x | [] -> None
let is_empty s = match s.items with [] -> true | _ :: _ -> false
let length s = s.length
let iter f s = List.iter f s.items
let fold f acc s = List.fold_left f acc s.items
let to_seq s = List.to_seq s.items
let add_seq s xs = Seq.iter (fun x -> push x s) xs

let of_seq xs =
  let s = create () in
  add_seq s xs;
  s
