type ('a, 'e) t = ('a, 'e) result = Ok of 'a | Error of 'e

let ok v = Ok v
let error e = Error e
let value r ~default = match r with Ok v -> v | Error _ -> default
let get_ok = function Ok v -> v | Error _ -> invalid_arg "result is Error _"
let get_error = function Error e -> e | Ok _ -> invalid_arg "result is Ok _"
let bind r f = match r with Ok v -> f v | Error e -> Error e
let join = function Ok r -> r | Error e -> Error e
let map f = function Ok v -> Ok (f v) | Error e -> Error e
let map_error f = function Ok v -> Ok v | Error e -> Error (f e)
let fold ~ok ~error = function Ok v -> ok v | Error e -> error e
let iter f = function Ok v -> f v | Error _ -> ()
let iter_error f = function Ok _ -> () | Error e -> f e
let is_ok = function Ok _ -> true | Error _ -> false
let is_error = function Ok _ -> false | Error _ -> true

let equal ~ok ~error a b =
  match a, b with
  | Ok a, Ok b -> ok a b
  | Error a, Error b -> error a b
  | Ok _, Error _ | Error _, Ok _ -> false

let compare ~ok ~error a b =
  match a, b with
  | Ok a, Ok b -> ok a b
  | Error a, Error b -> error a b
  | Ok _, Error _ -> -1
  | Error _, Ok _ -> 1

let to_option = function Ok v -> Some v | Error _ -> None
let to_list = function Ok v -> [ v ] | Error _ -> []
let to_seq = function Ok v -> Seq.return v | Error _ -> Seq.empty
