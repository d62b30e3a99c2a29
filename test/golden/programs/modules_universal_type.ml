(* Universal values and heterogeneous maps, by first-class modules and exceptions as keys. *)

module Univ : sig
  type t
  type 'a key
  val key : string -> ('a -> string) -> 'a key
  val inject : 'a key -> 'a -> t
  val project : 'a key -> t -> 'a option
  val show : t -> string
end = struct
  type t = { value : exn; name : string; text : unit -> string }

  module type KEY = sig
    type value
    exception Value of value
    val name : string
    val show : value -> string
  end

  type 'a key = (module KEY with type value = 'a)

  let key (type a) name (show : a -> string) : a key =
    (module struct
      type value = a
      exception Value of a
      let name = name
      let show = show
    end)

  let inject (type a) (module K : KEY with type value = a) (x : a) =
    { value = K.Value x; name = K.name; text = (fun () -> K.show x) }

  let project (type a) (module K : KEY with type value = a) t : a option =
    match t.value with K.Value x -> Some x | _ -> None

  let show t = t.name ^ " " ^ t.text ()
end

let int = Univ.key "int" string_of_int
let text = Univ.key "text" (Printf.sprintf "%S")
let other_int = Univ.key "other" (Printf.sprintf "%#x")

(* A map from typed keys. *)
module Hmap : sig
  type t
  type 'a key
  val key : unit -> 'a key
  val empty : t
  val add : 'a key -> 'a -> t -> t
  val find : 'a key -> t -> 'a option
  val remove : 'a key -> t -> t
  val cardinal : t -> int
end = struct
  type (_, _) eq = Refl : ('a, 'a) eq
  type _ witness = ..

  module type KEY = sig
    type value
    type _ witness += Mine : value witness
    val id : int
  end

  type 'a key = (module KEY with type value = 'a)
  type binding = Binding : 'a key * 'a -> binding

  module Ids = Map.Make (Int)

  type t = binding Ids.t

  let counter = ref 0

  let key (type a) () : a key =
    incr counter;
    let id = !counter in
    (module struct
      type value = a
      type _ witness += Mine : a witness
      let id = id
    end)

  let equal : type a b. a key -> b key -> (a, b) eq option =
   fun (module A) (module B) -> match A.Mine with B.Mine -> Some Refl | _ -> None

  let id (type a) (module K : KEY with type value = a) = K.id
  let empty = Ids.empty
  let add k v m = Ids.add (id k) (Binding (k, v)) m
  let remove k m = Ids.remove (id k) m
  let cardinal = Ids.cardinal

  let find : type a. a key -> t -> a option =
   fun k m ->
    match Ids.find_opt (id k) m with
    | None -> None
    | Some (Binding (k', v)) -> ( match equal k k' with Some Refl -> Some v | None -> None)
end

let () =
  let values = [ Univ.inject int 42; Univ.inject text "hi"; Univ.inject other_int 255 ] in
  List.iter (fun v -> print_endline (Univ.show v)) values;
  print_endline (String.concat " " (List.map string_of_int (List.filter_map (Univ.project int) values)));
  print_endline (String.concat " " (List.filter_map (Univ.project text) values));
  let name : string Hmap.key = Hmap.key () in
  let age : int Hmap.key = Hmap.key () in
  let friends : string list Hmap.key = Hmap.key () in
  let m = Hmap.(empty |> add name "Ada" |> add age 36 |> add friends [ "Charles"; "Mary" ]) in
  Printf.printf "%d\n" (Hmap.cardinal m);
  Printf.printf "%s is %d\n" (Option.get (Hmap.find name m)) (Option.get (Hmap.find age m));
  let m = Hmap.(remove age (add name "Ada Lovelace" m)) in
  Printf.printf "%s %b\n" (Option.get (Hmap.find name m)) (Hmap.find age m = None);
  print_endline (String.concat "," (Option.value (Hmap.find friends m) ~default:[]))

(* stdout {expected|
int 42
text "hi"
other 0xff
42
hi
3
Ada is 36
Ada Lovelace true
Charles,Mary
|expected} *)
