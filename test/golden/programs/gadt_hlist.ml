(* Lists of elements of different types, and proofs that an element is there. *)
type _ hlist =
  | [] : unit hlist
  | ( :: ) : 'a * 'b hlist -> ('a * 'b) hlist

type (_, _) member =
  | Here : ('a, 'a * 'rest) member
  | There : ('a, 'rest) member -> ('a, 'b * 'rest) member

let rec get : type a l. (a, l) member -> l hlist -> a = fun where l ->
  match where, l with
  | Here, x :: _ -> x
  | There where, _ :: rest -> get where rest

let rec set : type a l. (a, l) member -> a -> l hlist -> l hlist = fun where v l ->
  match where, l with
  | Here, _ :: rest -> v :: rest
  | There where, x :: rest -> x :: set where v rest

let rec length : type l. l hlist -> int = function [] -> 0 | _ :: rest -> 1 + length rest

(* A witness for each element gives printing and comparison. *)
type _ ty = Int : int ty | String : string ty | Bool : bool ty | List : 'a ty -> 'a list ty
type _ tys = Nil : unit tys | Cons : 'a ty * 'b tys -> ('a * 'b) tys

let rec show : type a. a ty -> a -> string = fun ty v ->
  match ty, v with
  | Int, n -> string_of_int n
  | String, s -> Printf.sprintf "%S" s
  | Bool, b -> string_of_bool b
  | List ty, l -> "[" ^ String.concat "; " (List.map (show ty) l) ^ "]"

let rec show_all : type l. l tys -> l hlist -> string list = fun tys l ->
  match tys, l with
  | Nil, [] -> List.[]
  | Cons (ty, tys), v :: rest -> List.cons (show ty v) (show_all tys rest)

(* Functions of as many arguments as the list has elements. *)
type (_, _) fn =
  | Result : ('r, unit * 'r) fn
  | Arg : 'a ty * ('f, 'l * 'r) fn -> ('a -> 'f, ('a * 'l) * 'r) fn

let rec apply : type f l r. (f, l * r) fn -> f -> l hlist -> r = fun fn f l ->
  match fn, l with
  | Result, [] -> f
  | Arg (_, fn), x :: rest -> apply fn (f x) rest

let () =
  let l = 1 :: "two" :: true :: List.[ 4; 5 ] :: [] in
  let tys = Cons (Int, Cons (String, Cons (Bool, Cons (List Int, Nil)))) in
  print_endline (String.concat ", " (show_all tys l));
  print_endline (get (There Here) l);
  print_endline (String.concat ", " (show_all tys (set (There (There Here)) false l)));
  print_endline (string_of_int (length l));
  let fn = Arg (Int, Arg (String, Result)) in
  print_endline (apply fn (fun n s -> String.concat s (List.init n string_of_int)) (4 :: "-" :: []))

(* stdout {expected|
1, "two", true, [4; 5]
two
1, "two", false, [4; 5]
4
0-1-2-3
|expected} *)
