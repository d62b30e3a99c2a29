(* Ordinary code. *)
module Lines = struct
  type position = { line : int; column : int }

  exception Bad_line of string * int

  let split ?(trim = true) text =
    let rec go acc from =
      match String.index_from_opt text from '\n' with
      | Some i when i = from && trim -> go acc (i + 1)
      | Some i -> go (String.sub text from (i - from) :: acc) (i + 1)
      | None -> List.rev (if from < String.length text then String.sub text from (String.length text - from) :: acc else acc)
    in
    go [] 0

  let parse_int s = try Ok (int_of_string s) with Failure _ -> Error (Printf.sprintf "not a number: %S" s)
end

type _ expr =
  | Int : int -> int expr
  | Bool : bool -> bool expr
  | Add : int expr * int expr -> int expr
  | If : bool expr * 'a expr * 'a expr -> 'a expr
  | Pair : 'a expr * 'b expr -> ('a * 'b) expr

let rec eval : type a. a expr -> a = function
  | Int n -> n
  | Bool b -> b
  | Add (x, y) -> eval x + eval y
  | If (c, t, e) -> if eval c then eval t else eval e
  | Pair (a, b) -> (eval a, eval b)

class ['a] stack init =
  object (self)
    val mutable items : 'a list = init
    method push x = items <- x :: items
    method pop = match items with [] -> None | x :: rest -> items <- rest; Some x
    method private size = List.length items
    method describe () = Printf.printf "%d items\n" self#size
  end

module Make (Ord : sig type t val compare : t -> t -> int end) = struct
  module S = Set.Make (Ord)
  let unique l = S.elements (S.of_list l)
end

let () =
  let s = new stack [ 1; 2; 3 ] in
  s#push 4;
  for i = 0 to 10 do
    if i mod 2 = 0 then s#push (i * i) else ignore s#pop;
    while i > 100 do () done
  done;
  s#describe ();
  let table = Hashtbl.create 16 in
  List.iteri (fun i (k, v) -> Hashtbl.replace table k (v, i)) [ "a", 1; "b", 2 ];
  Hashtbl.iter (fun k (v, _) -> print_endline (k ^ "=" ^ string_of_int v)) table;
  let a = [| 1.; 2.5; -3e10 |] in
  a.(0) <- a.(1) +. a.(2) *. 2. ** -1.;
  assert (a.(0) < 0. && not (a.(1) >= 3.) || true)
