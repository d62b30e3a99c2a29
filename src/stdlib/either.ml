type ('a, 'b) t = Left of 'a | Right of 'b

let left v = Left v
let right v = Right v
let is_left = function Left _ -> true | Right _ -> false
let is_right = function Left _ -> false | Right _ -> true
let find_left = function Left v -> Some v | Right _ -> None
let find_right = function Left _ -> None | Right v -> Some v
let map_left f = function Left v -> Left (f v) | Right v -> Right v
let map_right f = function Left v -> Left v | Right v -> Right (f v)
let map ~left ~right = function Left v -> Left (left v) | Right v -> Right (right v)
let fold ~left ~right = function Left v -> left v | Right v -> right v
let iter = fold
let for_all = fold

let equal ~left ~right a b =
  match a, b with
  | Left a, Left b -> left a b
  | Right a, Right b -> right a b
  | Left _, Right _ | Right _, Left _ -> false

let compare ~left ~right a b =
  match a, b with
  | Left a, Left b -> left a b
  | Right a, Right b -> right a b
  | Left _, Right _ -> -1
  | Right _, Left _ -> 1
