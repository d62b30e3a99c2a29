(* First-class modules whose types are constrained, and what unpacking them reveals. *)

module type STORE = sig
  type key
  type value
  val name : string
  val get : key -> value option
  val set : key -> value -> unit
end

type ('k, 'v) store = (module STORE with type key = 'k and type value = 'v)

let hashed (type k v) name : (k, v) store =
  (module struct
    type key = k
    type value = v
    let name = name
    let table : (k, v) Hashtbl.t = Hashtbl.create 8
    let get k = Hashtbl.find_opt table k
    let set k v = Hashtbl.replace table k v
  end)

let listed (type k v) ~(equal : k -> k -> bool) name : (k, v) store =
  (module struct
    type key = k
    type value = v
    let name = name
    let entries = ref []
    let get k = Option.map snd (List.find_opt (fun (k', _) -> equal k k') !entries)
    let set k v = entries := (k, v) :: !entries
  end)

(* A module that logs what another one does. *)
let logging (type k v) show (module Inner : STORE with type key = k and type value = v) : (k, v) store =
  (module struct
    include Inner
    let name = "logged " ^ Inner.name
    let set k v =
      Printf.printf "set %s;" (show k);
      Inner.set k v
  end)

let update (type k v) (module S : STORE with type key = k and type value = v) (k : k) ~default (f : v -> v) =
  S.set k (f (Option.value (S.get k) ~default))

let count store words =
  List.iter (fun w -> update store w ~default:0 succ) words

(* Modules as values: in lists, in tables, in records, chosen at run time. *)
type service = { path : string; store : (string, int) store }

let services =
  [ { path = "/hash"; store = hashed "hash" };
    { path = "/list"; store = listed ~equal:String.equal "list" };
    { path = "/log"; store = logging Fun.id (hashed "hash") } ]

(* A functor applied to an unpacked module, and its result packed again. *)
module Reversed (S : STORE with type key = string) = struct
  include S
  let flip k = String.init (String.length k) (fun i -> k.[String.length k - 1 - i])
  let name = S.name ^ " reversed"
  let get k = S.get (flip k)
end

let reversed (type v) (module S : STORE with type key = string and type value = v) : (string, v) store =
  (module Reversed (S))

(* The types that an unpacked module hides stay hidden. *)
module type ANY = sig
  type t
  val value : t
  val show : t -> string
  val next : t -> t
end

let any = [ (module struct type t = int let value = 41 let show = string_of_int let next = succ end : ANY);
            (module struct type t = string let value = "ab" let show = String.uppercase_ascii let next s = s ^ s end) ]

let () =
  List.iter
    (fun { path; store } ->
      count store [ "a"; "b"; "a" ];
      let (module S) = store in
      Printf.printf "%s %s a=%d\n" path S.name (Option.get (S.get "a")))
    services;
  let store = hashed "words" in
  count store [ "xy"; "xy" ];
  let (module R) = reversed store in
  Printf.printf "%s: %d %b\n" R.name (Option.get (R.get "yx")) (R.get "xy" = None);
  List.iter (fun (module A : ANY) -> print_endline (A.show (A.next (A.next A.value)))) any

(* stdout {expected|
/hash hash a=2
/list list a=2
set a;set b;set a;/log logged hash a=2
words reversed: 2 true
43
ABABABAB
|expected} *)
