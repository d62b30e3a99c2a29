(* Type equality witnesses: equality of descriptions, casts, Leibniz equality, and singletons. *)

type (_, _) eq = Refl : ('a, 'a) eq

let cast : type a b. (a, b) eq -> a -> b = fun Refl x -> x
let sym : type a b. (a, b) eq -> (b, a) eq = fun Refl -> Refl
let trans : type a b c. (a, b) eq -> (b, c) eq -> (a, c) eq = fun Refl Refl -> Refl
let lift_list : type a b. (a, b) eq -> (a list, b list) eq = fun Refl -> Refl
let arrow : type a b c d. (a, b) eq -> (c, d) eq -> (a -> c, b -> d) eq = fun Refl Refl -> Refl

type _ ty =
  | Int : int ty
  | Float : float ty
  | String : string ty
  | List : 'a ty -> 'a list ty
  | Pair : 'a ty * 'b ty -> ('a * 'b) ty
  | Arrow : 'a ty * 'b ty -> ('a -> 'b) ty
  | Option : 'a ty -> 'a option ty

let rec equal : type a b. a ty -> b ty -> (a, b) eq option =
 fun a b ->
  match (a, b) with
  | Int, Int -> Some Refl
  | Float, Float -> Some Refl
  | String, String -> Some Refl
  | List a, List b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | Option a, Option b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | Pair (a, c), Pair (b, d) -> (
    match (equal a b, equal c d) with Some Refl, Some Refl -> Some Refl | _ -> None)
  | Arrow (a, c), Arrow (b, d) -> (
    match (equal a b, equal c d) with Some Refl, Some Refl -> Some Refl | _ -> None)
  | _ -> None

let rec show : type a. a ty -> a -> string =
 fun ty x ->
  match ty with
  | Int -> string_of_int x
  | Float -> Printf.sprintf "%g" x
  | String -> Printf.sprintf "%S" x
  | List t -> "[" ^ String.concat "; " (List.map (show t) x) ^ "]"
  | Pair (a, b) -> "(" ^ show a (fst x) ^ ", " ^ show b (snd x) ^ ")"
  | Arrow _ -> "<fun>"
  | Option t -> ( match x with None -> "None" | Some x -> "Some " ^ show t x)

type dynamic = Dynamic : 'a ty * 'a -> dynamic

let from : type a. a ty -> dynamic -> a option =
 fun ty (Dynamic (ty', x)) -> match equal ty' ty with Some Refl -> Some x | None -> None

(* Applying a dynamic function to a dynamic argument. *)
let apply (Dynamic (f_type, f)) (Dynamic (x_type, x)) =
  match f_type with
  | Arrow (a, b) -> ( match equal x_type a with Some Refl -> Some (Dynamic (b, f x)) | None -> None)
  | _ -> None

(* Leibniz equality: what holds of one holds of the other; it is as good as a witness. *)
module type PREDICATE = sig type 'a t end
module type LEIBNIZ = sig
  type a
  type b
  module Subst (P : PREDICATE) : sig val subst : a P.t -> b P.t end
end

type ('a, 'b) leibniz = (module LEIBNIZ with type a = 'a and type b = 'b)

let leibniz_of_eq (type x y) (Refl : (x, y) eq) : (x, y) leibniz =
  (module struct
    type a = x
    type b = y
    module Subst (P : PREDICATE) = struct let subst (p : a P.t) : b P.t = p end
  end)

let eq_of_leibniz (type x y) ((module L) : (x, y) leibniz) : (x, y) eq =
  let module P = struct type 'a t = (x, 'a) eq end in
  let module S = L.Subst (P) in
  S.subst Refl

(* Abstract types can hand out a witness. *)
module Secret : sig
  type t
  val make : int -> t
  val reveal : password:string -> (t, int) eq option
end = struct
  type t = int
  let make n = n * 2
  let reveal ~password = if password = "sesame" then Some Refl else None
end

let () =
  let values =
    [ Dynamic (Int, 3); Dynamic (List (Pair (Int, String)), [ (1, "a"); (2, "b") ]); Dynamic (Option Float, Some 0.5);
      Dynamic (Arrow (Int, String), fun n -> String.make n '*') ]
  in
  List.iter (fun (Dynamic (t, x)) -> print_endline (show t x)) values;
  Printf.printf "%b %b\n" (from Int (List.hd values) = Some 3) (from String (List.hd values) = None);
  (match apply (List.nth values 3) (List.hd values) with Some (Dynamic (t, x)) -> print_endline (show t x) | None -> ());
  Printf.printf "%b\n" (apply (List.hd values) (List.hd values) = None);
  Printf.printf "%d\n" (cast (trans (eq_of_leibniz (leibniz_of_eq Refl)) (sym Refl)) 5);
  let s = Secret.make 21 in
  (match Secret.reveal ~password:"sesame" with Some Refl -> Printf.printf "%d\n" (s + 0) | None -> ());
  (match Secret.reveal ~password:"x" with
  | Some w -> List.iter (Printf.printf "%d\n") (cast (lift_list w) [ s ])
  | None -> print_endline "refused");
  Printf.printf "%s\n" (cast (arrow (Refl : (int, int) eq) (Refl : (string, string) eq)) string_of_int 12)

(* stdout {expected|
3
[(1, "a"); (2, "b")]
Some 0.5
<fun>
true true
"***"
true
5
42
refused
12
|expected} *)
