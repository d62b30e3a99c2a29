(* Objects under the collector: variables that are updated, cycles, many classes, copies, closures over self. *)

class node value =
  object (self)
    val mutable value : int = value
    val mutable next : node option = None
    val mutable history : int list = []
    val mutable weight = 1.0
    method value = value
    method next = next
    method set_next n = next <- n
    method bump k =
      history <- value :: history;
      value <- value + k;
      weight <- weight *. 1.5
    method weight = weight
    method length = List.length history
    method close = next <- Some (self :> node)
    method getter = fun () -> value
  end

let () =
  (* Old nodes are made to point to young ones again and again. *)
  let old = Array.init 100 (fun i -> new node i) in
  for round = 1 to 300 do
    Array.iteri
      (fun i o ->
        let young = new node (i * round) in
        o#set_next (Some young);
        if (i + round) mod 7 = 0 then o#bump round;
        if i = round mod 100 then young#close)
      old
  done;
  let sum = Array.fold_left (fun s o -> s + o#value + o#length) 0 old in
  let next = Array.fold_left (fun s o -> match o#next with None -> s | Some n -> s + n#value) 0 old in
  let weight = Array.fold_left (fun s o -> s +. o#weight) 0. old in
  Printf.printf "%d %d %.6e\n" sum next weight;
  Gc.full_major ();
  let getters = Array.map (fun o -> o#getter) old in
  Array.iter (fun o -> o#bump 1) old;
  Printf.printf "%d\n" (Array.fold_left (fun s g -> s + g ()) 0 getters)

let functional =
  object
    val items = []
    val size = 0
    method push (x : int) = {<items = x :: items; size = size + 1>}
    method sum = List.fold_left ( + ) 0 items
    method size = size
  end

let () =
  let rec build o n = if n = 0 then o else build (o#push n) (n - 1) in
  let o = build functional 50_000 in
  Printf.printf "%d %d %d\n" o#size o#sum functional#size

(* Many immediate objects alive at once, each with its own captured values. *)
let () =
  let make i s =
    object
      method i = i
      method s = s
      method both = string_of_int i ^ s
    end
  in
  let all = List.init 20_000 (fun i -> make i (String.make (i mod 5) 'x')) in
  Gc.compact ();
  let length = List.fold_left (fun n o -> n + String.length o#both) 0 all in
  Printf.printf "%d %s\n" length (List.nth all 12_344)#both

(* Classes made in a loop. *)
let () =
  let total = ref 0 in
  for i = 1 to 500 do
    let module M = struct
      class c k =
        object (self)
          val mutable n = i
          method add = n <- n + k; self
          method n = n
        end

      class d = object inherit c 2 as super method! n = super#n * 10 end
    end in
    total := !total + (new M.d)#add#add#n
  done;
  Printf.printf "%d\n" !total

(* Objects in every kind of container. *)
let () =
  let table = Hashtbl.create 16 in
  for i = 0 to 999 do
    let o = object val i = i method i = i end in
    Hashtbl.replace table o i
  done;
  let good = Hashtbl.fold (fun o i n -> if o#i = i && Hashtbl.find table o = i then n + 1 else n) table 0 in
  Printf.printf "%d\n" good

(* stdout {expected|
654235 1485000 3.545257e+09
650050
50000 1250025000 0
128890 12344xxxx
1272500
1000
|expected} *)
