(* Records with polymorphic fields: dictionaries, Church encodings, natural transformations, existentials by encoding. *)

type collection = {
  map : 'a 'b. ('a -> 'b) -> 'a list -> 'b list;
  length : 'a. 'a list -> int;
  label : string;
}

let forwards = { map = List.map; length = List.length; label = "forwards" }
let backwards = { map = (fun f l -> List.rev (List.rev_map f (List.rev l))); length = (fun l -> List.fold_left (fun n _ -> n + 1) 0 l); label = "backwards" }

let use c =
  let n = c.length (c.map string_of_int [ 1; 2; 3 ]) in
  let m = c.length (c.map Char.code [ 'a' ]) in
  Printf.printf "%s %d %d\n" c.label n m

(* Church numerals, and lists as their own folds. *)
type numeral = { fold : 'a. ('a -> 'a) -> 'a -> 'a }

let zero = { fold = (fun _ x -> x) }
let succ n = { fold = (fun f x -> f (n.fold f x)) }
let add m n = { fold = (fun f x -> m.fold f (n.fold f x)) }
let mul m n = { fold = (fun f x -> m.fold (n.fold f) x) }
let power m n = { fold = (fun f -> (n.fold (fun g -> m.fold g) : _) f) }
let to_int n = n.fold (( + ) 1) 0
let rec of_int k = if k = 0 then zero else succ (of_int (k - 1))

type 'a church_list = { reduce : 'r. ('a -> 'r -> 'r) -> 'r -> 'r }

let of_list l = { reduce = (fun f init -> List.fold_right f l init) }
let to_list l = l.reduce List.cons []
let map f l = { reduce = (fun g -> l.reduce (fun x -> g (f x))) }
let append a b = { reduce = (fun f init -> a.reduce f (b.reduce f init)) }
let filter p l = { reduce = (fun f -> l.reduce (fun x acc -> if p x then f x acc else acc)) }

(* Transformations between containers. *)
type option_to_list = { apply : 'a. 'a option -> 'a list }

let transform t = (t.apply (Some 1), t.apply (Some "x"), t.apply (None : char option))

(* An existential as a polymorphic consumer: pack hides the state's type. *)
type 'r stream_use = { use : 's. 's -> ('s -> (int * 's) option) -> 'r }
type stream = { open_ : 'r. 'r stream_use -> 'r }

let countdown n = { open_ = (fun k -> k.use n (fun s -> if s = 0 then None else Some (s, s - 1))) }
let digits text =
  { open_ = (fun k -> k.use (List.of_seq (String.to_seq text)) (function [] -> None | c :: r -> Some (Char.code c - 48, r))) }

let sum stream =
  stream.open_
    { use = (fun state next ->
        let rec go total s = match next s with None -> total | Some (x, s) -> go (total + x) s in
        go 0 state) }

(* A mutable polymorphic field. *)
type hook = { mutable on : 'a. ('a -> string) -> 'a -> unit; mutable calls : int }

let () =
  use forwards;
  use backwards;
  let three = of_int 3 and four = of_int 4 in
  Printf.printf "%d %d %d\n" (to_int (add three four)) (to_int (mul three four)) (to_int (power three four));
  print_endline (three.fold (fun s -> s ^ "!") "church");
  let l = append (of_list [ 1; 2; 3 ]) (map (( * ) 10) (of_list [ 4; 5 ])) in
  List.iter (Printf.printf "%d ") (to_list (filter (fun n -> n mod 2 = 0) l));
  print_newline ();
  let ints, texts, chars = transform { apply = Option.to_list } in
  Printf.printf "%d %d %d\n" (List.length ints) (List.length texts) (List.length chars);
  Printf.printf "%d %d\n" (sum (countdown 10)) (sum (digits "31415"));
  let h = { on = (fun _ _ -> ()); calls = 0 } in
  let fire () = h.on string_of_int 5; h.on Fun.id "five" in
  fire ();
  h.on <- (fun show x -> h.calls <- h.calls + 1; print_endline (show x));
  fire ();
  Printf.printf "%d\n" h.calls

(* stdout {expected|
forwards 3 1
backwards 3 1
7 12 81
church!!!
2 40 50 
1 1 0
55 14
5
five
2
|expected} *)
