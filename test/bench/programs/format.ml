(* Pretty-prints a large tree with boxes, break hints and printers called by %a, into a buffer, with several margins. *)
type tree = Leaf of int | Node of string * tree list | Pair of tree * float

let rec make depth seed =
  if depth = 0 then Leaf (seed * 7919 mod 10007)
  else if seed mod 5 = 4 then Pair (make (depth - 1) (seed + 1), float_of_int (seed mod 100) /. 8.)
  else Node ("node" ^ string_of_int (seed mod 100), List.init 4 (fun i -> make (depth - 1) ((seed * 3) + i)))

let comma ppf () = Format.fprintf ppf ",@ "

let rec print ppf = function
  | Leaf n -> Format.fprintf ppf "%d" n
  | Pair (t, x) -> Format.fprintf ppf "@[<1>(%a;@ %.2f)@]" print t x
  | Node (name, children) ->
      Format.fprintf ppf "@[<hv 2>%s {@,%a@;<0 -2>}@]" name (Format.pp_print_list ~pp_sep:comma print) children

let checksum s =
  let h = ref 0 in
  String.iter (fun c -> h := ((!h * 31) + Char.code c) land 0xFFFFFFF) s;
  !h

let () =
  let tree = make 8 1 in
  let length = ref 0 and total = ref 0 in
  List.iter
    (fun margin ->
      let buffer = Buffer.create 65536 in
      let ppf = Format.formatter_of_buffer buffer in
      Format.pp_set_margin ppf margin;
      Format.fprintf ppf "@[<v>%a@,%a@]@." print tree print tree;
      let s = Buffer.contents buffer in
      length := !length + String.length s;
      total := !total lxor checksum s)
    [ 40; 60; 80; 100; 120; 200 ];
  Printf.printf "%d %d\n" !length !total
