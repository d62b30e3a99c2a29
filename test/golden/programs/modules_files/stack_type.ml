type 'a t = { items : 'a list; size : int }

exception Underflow of string

let empty = { items = []; size = 0 }
let hidden = print_endline "stack_type initialised"
let push x s = { items = x :: s.items; size = s.size + 1 }
let pop s = match s.items with [] -> raise (Underflow "pop") | x :: items -> (x, { items; size = s.size - 1 })
let size s = hidden; s.size
