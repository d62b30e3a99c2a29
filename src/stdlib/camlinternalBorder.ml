type node =
  | Keep
  | Block of (int * int) list
  | Blocks of (int * int) list array
  | Tagged of (int * int) list
  | Elements of int
  | Items of int
  | Table of int
  | Tree of int
  | Sequence of int
  | Suspension of int
  | Set of order * int
  | Map of order * int * int

and order = Unknown | Natural | Order of compare
and compare = Obj.t -> Obj.t -> int

type plan = { parameters : int list; result : int; nodes : node array; longest : int }

exception Too_long

let compare_of = function
  | Order compare -> compare
  | Natural -> Stdlib.compare
  | Unknown -> invalid_arg "an order that is not known"

(* Keys are values of one type of the program, whose order is given with them. *)
module type Key = sig
  type t = Obj.t

  val compare : t -> t -> int
end

let key order : (module Key) =
  (module struct
    type t = Obj.t

    let compare a b = compare_of order a b
  end)

let set_of_list order elements =
  let module Key = (val key order) in
  let module S = Set.Make (Key) in
  Obj.repr (S.of_list elements)

let elements_of_set set =
  let module Key = (val key Unknown) in
  let module S = Set.Make (Key) in
  S.elements (Obj.obj set)

let map_of_bindings order bindings =
  let module Key = (val key order) in
  let module M = Map.Make (Key) in
  Obj.repr (M.of_list bindings)

let bindings_of_map map =
  let module Key = (val key Unknown) in
  let module M = Map.Make (Key) in
  M.bindings (Obj.obj map)

let map_data f map =
  let module Key = (val key Unknown) in
  let module M = Map.Make (Key) in
  Obj.repr (M.map f (Obj.obj map))

let table_data f table =
  let table : (Obj.t, Obj.t) Hashtbl.t = Hashtbl.copy (Obj.obj table) in
  Hashtbl.filter_map_inplace (fun _ data -> Some (f data)) table;
  Obj.repr table

let list_of_seq longest seq =
  let rec force count made seq =
    match seq () with
    | Seq.Nil -> List.rev made
    | Seq.Cons (element, rest) -> if count = longest then raise Too_long else force (count + 1) (element :: made) rest
  in
  force 0 [] (Obj.obj seq : Obj.t Seq.t)

(* Lists may be long: without recursion. *)
let map f list = List.rev (List.rev_map f list)

(* Node 0 keeps what it is given. *)
let each convert node list = if node = 0 then list else map (convert node) list

(* Walks a value as its node says, [convert] being the walk itself; what is shared with the program is copied. *)
let parts convert node v =
  let field copy (field, node) = Obj.set_field copy field (convert node (Obj.field v field)) in
  let fields = function
    | [] -> v
    | list ->
        let copy = Obj.dup v in
        List.iter (field copy) list;
        copy
  in
  match node with
  | Block list -> if Obj.is_int v then v else fields list
  | Blocks by_tag -> if Obj.is_int v then v else fields by_tag.(Obj.tag v)
  | Tagged by_hash -> (
      if Obj.is_int v then v
      else match List.assoc_opt (Obj.obj (Obj.field v 0)) by_hash with Some node -> fields [ (1, node) ] | None -> v)
  | Elements node -> Obj.repr (map (convert node) (Obj.obj v))
  | Items node -> fields (List.init (Obj.size v) (fun i -> (i, node)))
  | Table node -> table_data (convert node) v
  | Tree node -> map_data (convert node) v
  | _ -> v

let rec import plan number v =
  match plan.nodes.(number) with
  | Sequence node -> Obj.repr (List.to_seq (each (import plan) node (Obj.obj v)))
  | Suspension node -> Obj.repr (Lazy.from_val (import plan node v))
  | Set (order, node) -> set_of_list order (each (import plan) node (Obj.obj v))
  | Map (order, key, data) ->
      map_of_bindings order (map (fun (k, d) -> (import plan key k, import plan data d)) (Obj.obj v))
  | node -> parts (import plan) node v

let rec export plan number v =
  match plan.nodes.(number) with
  | Sequence node -> Obj.repr (each (export plan) node (list_of_seq plan.longest v))
  | Suspension node -> export plan node (Lazy.force (Obj.obj v))
  | Set (_, node) -> Obj.repr (each (export plan) node (elements_of_set v))
  | Map (_, key, data) ->
      Obj.repr (map (fun (k, d) -> (export plan key k, export plan data d)) (bindings_of_map v))
  | node -> parts (export plan) node v

let outward plan arguments = if plan.parameters = [] then arguments else List.map2 (export plan) plan.parameters arguments
let inward plan result = import plan plan.result result

let call plan f given =
  let next = ref 0 in
  let argument node =
    if node < 0 then Obj.repr ()
    else begin
      let v = given.(!next) in
      incr next;
      import plan node v
    end
  in
  let arguments = List.map argument plan.parameters in
  export plan plan.result (List.fold_left (fun f argument -> (Obj.obj f : Obj.t -> Obj.t) argument) f arguments)
