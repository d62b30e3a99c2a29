open Stack_type

let () = print_endline "rpn initialised"

let step stack word =
  let binary f =
    let b, stack = pop stack in
    let a, stack = pop stack in
    push (f a b) stack
  in
  match word with "+" -> binary ( + ) | "-" -> binary ( - ) | "*" -> binary ( * ) | "/" -> binary ( / ) | n -> push (int_of_string n) stack

let eval text = fst (pop (List.fold_left step empty (String.split_on_char ' ' text)))
