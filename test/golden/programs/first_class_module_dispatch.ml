(* First-class modules: in lists, tables, records and as arguments; packed with type constraints and unpacked locally. *)
module type SHAPE = sig type t val name : string val area : t -> float val value : t end
type shape = (module SHAPE)

let circle radius : shape = (module struct type t = float let name = "circle" let area r = 4. *. atan 1. *. r *. r let value = radius end)
let square side : shape = (module struct type t = float let name = "square" let area s = s *. s let value = side end)

let area (module S : SHAPE) = S.area S.value

module type MONOID = sig type t val zero : t val plus : t -> t -> t end
let fold (type a) (module M : MONOID with type t = a) (l : a list) = List.fold_left M.plus M.zero l

module type PLUGIN = sig val name : string val run : string -> string end
let plugins : (string, (module PLUGIN)) Hashtbl.t = Hashtbl.create 7
let register (module P : PLUGIN) = Hashtbl.replace plugins P.name (module P : PLUGIN)

type 'a numeric = { ops : (module MONOID with type t = 'a); label : string }

let () =
  List.iter
    (fun s ->
      let (module S : SHAPE) = s in
      Printf.printf "%s %.3f\n" S.name (area s))
    [ circle 1.; square 2.; circle 0.5 ];
  Printf.printf "%d\n" (fold (module struct type t = int let zero = 0 let plus = ( + ) end) [ 1; 2; 3 ]);
  Printf.printf "%s\n" (fold (module struct type t = string let zero = "" let plus = ( ^ ) end) [ "a"; "b" ]);
  register (module struct let name = "up" let run = String.uppercase_ascii end);
  register (module struct let name = "rev" let run s = String.init (String.length s) (fun i -> s.[String.length s - 1 - i]) end);
  List.iter
    (fun name ->
      match Hashtbl.find_opt plugins name with
      | Some (module P) -> print_endline (P.run "plugin")
      | None -> print_endline ("no " ^ name))
    [ "up"; "rev"; "down" ];
  let n = { ops = (module struct type t = float let zero = 1. let plus = ( *. ) end); label = "product" } in
  let total (type a) (n : a numeric) l = let module M = (val n.ops) in List.fold_left M.plus M.zero l in
  Printf.printf "%s %g\n" n.label (total n [ 2.; 3.; 4. ])

(* stdout {expected|
circle 3.142
square 4.000
circle 0.785
6
ab
PLUGIN
nigulp
no down
product 24
|expected} *)
