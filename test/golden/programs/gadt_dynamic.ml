(* Dynamic types: values with a witness of their type, and casts that compare witnesses. *)
type (_, _) eq = Refl : ('a, 'a) eq

type _ ty =
  | Int : int ty
  | Float : float ty
  | String : string ty
  | Pair : 'a ty * 'b ty -> ('a * 'b) ty
  | List : 'a ty -> 'a list ty
  | Fun : 'a ty * 'b ty -> ('a -> 'b) ty
  | Option : 'a ty -> 'a option ty

type dyn = Dyn : 'a ty * 'a -> dyn

let rec equal : type a b. a ty -> b ty -> (a, b) eq option = fun a b ->
  match a, b with
  | Int, Int -> Some Refl
  | Float, Float -> Some Refl
  | String, String -> Some Refl
  | Pair (a1, a2), Pair (b1, b2) -> (
      match equal a1 b1, equal a2 b2 with
      | Some Refl, Some Refl -> Some Refl
      | _ -> None)
  | Fun (a1, a2), Fun (b1, b2) -> (
      match equal a1 b1 with
      | None -> None
      | Some Refl -> ( match equal a2 b2 with None -> None | Some Refl -> Some Refl))
  | List a, List b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | Option a, Option b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | _ -> None

let cast (type a) (ty : a ty) (Dyn (ty', v)) : a option =
  match equal ty' ty with Some Refl -> Some v | None -> None

let rec name : type a. a ty -> string = function
  | Int -> "int"
  | Float -> "float"
  | String -> "string"
  | Pair (a, b) -> Printf.sprintf "(%s * %s)" (name a) (name b)
  | List a -> name a ^ " list"
  | Fun (a, b) -> Printf.sprintf "(%s -> %s)" (name a) (name b)
  | Option a -> name a ^ " option"

let rec show : type a. a ty -> a -> string = fun ty v ->
  match ty with
  | Int -> string_of_int v
  | Float -> Printf.sprintf "%g" v
  | String -> Printf.sprintf "%S" v
  | Pair (a, b) -> let x, y = v in Printf.sprintf "(%s, %s)" (show a x) (show b y)
  | List a -> "[" ^ String.concat "; " (List.map (show a) v) ^ "]"
  | Fun _ -> "<fun>"
  | Option a -> ( match v with None -> "None" | Some x -> "Some " ^ show a x)

let print (Dyn (ty, v)) = Printf.printf "%s : %s\n" (show ty v) (name ty)

let apply (Dyn (f, fv)) (Dyn (a, av)) =
  match f with
  | Fun (arg, res) -> (
      match equal arg a with
      | Some Refl -> Ok (Dyn (res, fv av))
      | None -> Error (Printf.sprintf "expected %s, got %s" (name arg) (name a)))
  | ty -> Error (name ty ^ " is no function")

let () =
  let values =
    [ Dyn (Int, 3); Dyn (String, "s"); Dyn (List (Pair (Int, Float)), [ (1, 1.5); (2, 2.5) ]);
      Dyn (Fun (Int, String), string_of_int); Dyn (Option (List Int), Some [ 1 ]) ]
  in
  List.iter print values;
  let total = List.fold_left (fun n v -> match cast Int v with Some k -> n + k | None -> n) 0 values in
  Printf.printf "%d\n" total;
  let f = Dyn (Fun (Int, Fun (Int, Int)), fun x y -> (10 * x) + y) in
  let result r = match r with Ok d -> print d | Error e -> print_endline e in
  (match apply f (Dyn (Int, 4)) with
   | Ok g -> result (apply g (Dyn (Int, 2))); result (apply g (Dyn (Float, 2.)))
   | Error e -> print_endline e);
  result (apply (Dyn (Int, 1)) f)

(* stdout {expected|
3 : int
"s" : string
[(1, 1.5); (2, 2.5)] : (int * float) list
<fun> : (int -> string)
Some [1] : int list option
3
42 : int
expected int, got float
int is no function
|expected} *)
