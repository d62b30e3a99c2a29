(* Boxes and breaks of Format: how each kind of box breaks, in margins of several widths. *)
open Format

let words = String.split_on_char ' ' "the quick brown fox jumps over the lazy dog"
let separated ppf l = pp_print_list ~pp_sep:pp_print_space pp_print_string ppf l

let box name opening =
  printf "%s:@." name;
  opening ();
  separated std_formatter words;
  close_box ();
  print_newline ()

let () =
  set_margin 24;
  box "h" open_hbox;
  box "v" (fun () -> open_vbox 2);
  box "hv" (fun () -> open_hvbox 2);
  box "hov" (fun () -> open_hovbox 2);
  box "b" (fun () -> open_box 4)

type tree = Leaf of int | Node of string * tree list

let rec tree ppf = function
  | Leaf n -> fprintf ppf "%d" n
  | Node (name, kids) -> fprintf ppf "@[<hov 2>%s(%a)@]" name (pp_print_list ~pp_sep:(fun ppf () -> fprintf ppf ",@ ") tree) kids

let rec code ppf = function
  | `Assign (x, e) -> fprintf ppf "@[<2>%s =@ %s;@]" x e
  | `If (c, a, b) -> fprintf ppf "@[<v>@[<v 2>if (%s) {@,%a@]@,@[<v 2>} else {@,%a@]@,}@]" c block a block b
  | `While (c, b) -> fprintf ppf "@[<v>@[<v 2>while (%s) {@,%a@]@,}@]" c block b

and block ppf l = pp_print_list ~pp_sep:pp_print_cut code ppf l

let () =
  let t = Node ("root", [ Leaf 1; Node ("left", List.init 8 (fun i -> Leaf (i * 100))); Node ("right", [ Leaf 2; Node ("deep", [ Leaf 3 ]) ]) ]) in
  List.iter
    (fun margin ->
      set_margin margin;
      printf "%d:@.%a@." margin tree t)
    [ 15; 30; 60; 100 ];
  set_margin 40;
  printf "%a@." block [ `Assign ("x", "a very long expression + another"); `If ("x > 0", [ `Assign ("y", "1") ], [ `While ("y", [ `Assign ("y", "y - 1") ]) ]) ];
  printf "@[<v 3>start@,@[<hv>one@;<1 2>two@;<3 0>three@]@,end@]@.";
  printf "@[<hov>a@;<0 0>b@\nforced@,c@]@.";
  printf "%s@." (asprintf "@[<h>%a@]" separated words);
  printf "|%8s|%-8s|%08d|%+.2f|@." "right" "left" 42 1.5

(* stdout {expected|
h:
the quick brown fox jumps over the lazy dog
v:
the
  quick
  brown
  fox
  jumps
  over
  the
  lazy
  dog
hv:
the
  quick
  brown
  fox
  jumps
  over
  the
  lazy
  dog
hov:
the quick brown fox
  jumps over the lazy
  dog
b:
the quick brown fox
    jumps over the lazy
    dog
15:
root(1,
  left(0, 100,
    200, 300,
    400, 500,
    600, 700),
  right(2,
    deep(3)))
30:
root(1,
  left(0, 100, 200, 300, 400,
    500, 600, 700),
  right(2, deep(3)))
60:
root(1, left(0, 100, 200, 300, 400, 500, 600, 700),
  right(2, deep(3)))
100:
root(1, left(0, 100, 200, 300, 400, 500, 600, 700), right(2, deep(3)))
x = a very long expression + another;
if (x > 0) {
  y = 1;
} else {
  while (y) {
    y = y - 1;
  }
}
start
   one two   three
   end
ab
forcedc
the quick brown fox jumps over the lazy dog
|   right|left    |00000042|+1.50|
|expected} *)
