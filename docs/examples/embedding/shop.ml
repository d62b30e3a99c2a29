(* A price list that asks the program around it for discounts, and tells it of each sale. *)

type item = { sku : string; price : float }
type payment = Cash | Card of { number : string }

exception Unknown_item of string

external discount : string -> float option = "shop_discount"
external sold : item -> payment -> unit = "shop_sold"

let items = List.map (fun (sku, price) -> { sku; price }) [ "tea", 4.; "cake", 2.5 ]

let find sku =
  match List.find_opt (fun item -> item.sku = sku) items with
  | Some item -> item
  | None -> raise (Unknown_item sku)

let buy payment skus =
  let price sku =
    let item = find sku in
    sold item payment;
    item.price *. (1. -. Option.value (discount sku) ~default:0.)
  in
  List.fold_left (fun total sku -> total +. price sku) 0. skus

module Basket : sig
  type t
  val create : unit -> t
  val add : t -> string -> unit
  val contents : t -> string list
end = struct
  type t = string list ref
  let create () = ref []
  let add basket sku = basket := sku :: !basket
  let contents basket = List.rev !basket
end
