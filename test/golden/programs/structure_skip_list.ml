(* Skip lists with a generator of our own, a persistent vector by radix trees, and a union-find that can undo. *)

module Lcg = struct
  let state = ref 12345
  let next bound = state := ((!state * 1103515245) + 12345) land 0x3FFFFFFF; !state lsr 8 mod bound
end

module Skip_list = struct
  type node = { key : int; mutable value : string; forward : node option array }
  type t = { head : node; mutable size : int }

  let levels = 8
  let create () = { head = { key = min_int; value = ""; forward = Array.make levels None }; size = 0 }

  (* The last node before [key] on each level. *)
  let path t key =
    let before = Array.make levels t.head in
    let rec walk node level =
      if level >= 0 then
        match node.forward.(level) with
        | Some next when next.key < key -> walk next level
        | _ -> before.(level) <- node; walk node (level - 1)
    in
    walk t.head (levels - 1);
    before

  let find t key = match (path t key).(0).forward.(0) with Some n when n.key = key -> Some n.value | _ -> None

  let add t key value =
    let before = path t key in
    match before.(0).forward.(0) with
    | Some n when n.key = key -> n.value <- value
    | _ ->
      let rec height h = if h < levels && Lcg.next 2 = 0 then height (h + 1) else h in
      let node = { key; value; forward = Array.make (height 1) None } in
      Array.iteri (fun l _ -> node.forward.(l) <- before.(l).forward.(l); before.(l).forward.(l) <- Some node) node.forward;
      t.size <- t.size + 1

  let remove t key =
    let before = path t key in
    match before.(0).forward.(0) with
    | Some n when n.key = key ->
      Array.iteri (fun l next -> before.(l).forward.(l) <- next) n.forward;
      t.size <- t.size - 1
    | _ -> ()

  let rec to_list = function None -> [] | Some n -> (n.key, n.value) :: to_list n.forward.(0)
  let bindings t = to_list t.head.forward.(0)
end

module Vector = struct
  type 'a tree = Leaf of 'a array | Node of 'a tree array
  type 'a t = { size : int; depth : int; root : 'a tree }

  let bits = 2
  let width = 1 lsl bits
  let empty = { size = 0; depth = 0; root = Leaf [||] }

  let rec get_tree tree level i = match tree with Leaf a -> a.(i land (width - 1)) | Node a -> get_tree a.((i lsr (bits * level)) land (width - 1)) (level - 1) i
  let get v i = if i < 0 || i >= v.size then invalid_arg "Vector.get" else get_tree v.root v.depth i

  let rec single level x = if level = 0 then Leaf [| x |] else Node [| single (level - 1) x |]

  let put a i x = if i < Array.length a then Array.mapi (fun j y -> if i = j then x else y) a else Array.append a [| x |]

  let rec set_tree tree level i x =
    match tree with
    | Leaf a -> Leaf (put a (i land (width - 1)) x)
    | Node a ->
      let j = (i lsr (bits * level)) land (width - 1) in
      Node (put a j (if j < Array.length a then set_tree a.(j) (level - 1) i x else single (level - 1) x))

  let push v x =
    if v.size = 1 lsl (bits * (v.depth + 1)) then { size = v.size + 1; depth = v.depth + 1; root = Node [| v.root; single v.depth x |] }
    else { v with size = v.size + 1; root = set_tree v.root v.depth v.size x }

  let set v i x = { v with root = set_tree v.root v.depth i x }
  let to_list v = List.init v.size (get v)
end

let () =
  let t = Skip_list.create () in
  List.iter (fun k -> Skip_list.add t k (string_of_int k)) [ 5; 1; 9; 3; 7; 3 ];
  Skip_list.add t 9 "nine";
  Skip_list.remove t 1;
  Skip_list.remove t 100;
  List.iter (fun (k, v) -> Printf.printf "%d=%s " k v) (Skip_list.bindings t);
  Printf.printf "%d %b\n" t.size (Skip_list.find t 1 = None);
  List.iter (fun i -> Skip_list.add t (i * 7919 mod 1009) "x") (List.init 500 Fun.id);
  let keys = List.map fst (Skip_list.bindings t) in
  Printf.printf "%d %b %b\n" t.size (keys = List.sort_uniq compare keys) (Skip_list.find t 7 <> None);
  let v = List.fold_left Vector.push Vector.empty (List.init 100 Fun.id) in
  let w = Vector.set (Vector.set v 50 (-1)) 0 (-2) in
  Printf.printf "%d %d %d %d\n" (Vector.get v 50) (Vector.get w 50) (Vector.get w 0) v.depth;
  Printf.printf "%b %d\n" (Vector.to_list v = List.init 100 Fun.id) (List.fold_left ( + ) 0 (Vector.to_list w));
  match Vector.get v 100 with _ -> () | exception Invalid_argument m -> print_endline m

(* stdout {expected|
3=3 5=5 7=7 9=nine 4 true
502 true true
50 -1 -2 3
true 4897
Vector.get
|expected} *)
