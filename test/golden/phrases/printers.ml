let p fmt x = Format.fprintf fmt "<%d>" x;;
[%%expect {|
val p : Format.formatter -> int -> unit = <fun>
|}]
#install_printer p;;
3;;
[%%expect {|
- : int = <3>
|}]
[1;2];;
[%%expect {|
- : int list = [<1>; <2>]
|}]
#remove_printer p;;
3;;
[%%expect {|
- : int = 3
|}]
#remove_printer p;;
[%%expect {|
No printer named p.
|}]
#install_printer nosuch;;
[%%expect {|
Unbound value nosuch.
|}]
let q x = 1;;
[%%expect {|
val q : 'a -> int = <fun>
|}]
#install_printer q;;
[%%expect {|
q has a wrong type for a printing function.
|}]
let r (fmt : Format.formatter) (x : float) : unit = failwith "x";;
[%%expect {|
val r : Format.formatter -> float -> unit = <fun>
|}]
#install_printer r;;
1.;;
[%%expect {|
- : float = <printer r raised an exception: Failure("x")>
|}]
[|1.;2.|];;
[%%expect {|
- : float array =
[|<printer r raised an exception: Failure("x")>;
  <printer r raised an exception: Failure("x")>|]
|}]
let old (x : string) : unit = print_string x;;
[%%expect {|
val old : string -> unit = <fun>
|}]
#install_printer old;;
"a";;
[%%expect {|
a- : string = 
|}]
let old2 (x : string) : unit = Format.print_string x;;
[%%expect {|
val old2 : string -> unit = <fun>
|}]
#install_printer old2;;
"a", Some "b";;
[%%expect {|
- : string * string option = (a, Some b)
|}]
type t = { a : int; b : int list };;
[%%expect {|
type t = { a : int; b : int list; }
|}]
let pt fmt { a; b } = Format.fprintf fmt "@[<hov 2>T(%d;@ %a)@]" a (Format.pp_print_list ~pp_sep:(fun f () -> Format.fprintf f ",@ ") Format.pp_print_int) b;;
[%%expect {|
val pt : Format.formatter -> t -> unit = <fun>
|}]
#install_printer pt;;
{ a = 1; b = List.init 40 (fun i -> i) };;
[%%expect {|
- : t =
T(1; 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
  20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
  39)
|}]
[{ a = 1; b = [] }; { a = 2; b = [1;2] }];;
[%%expect {|
- : t list = [T(1; ); T(2; 1, 2)]
|}]
let x = { a = -1; b = List.init 30 (fun i -> i * 1000) };;
[%%expect {|
val x : t =
  T(-1; 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000,
    11000, 12000, 13000, 14000, 15000, 16000, 17000, 18000, 19000, 20000,
    21000, 22000, 23000, 24000, 25000, 26000, 27000, 28000, 29000)
|}]
Some x;;
[%%expect {|
- : t option =
Some
 T(-1; 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000, 11000,
   12000, 13000, 14000, 15000, 16000, 17000, 18000, 19000, 20000, 21000,
   22000, 23000, 24000, 25000, 26000, 27000, 28000, 29000)
|}]
type 'a box = Box of 'a;;
[%%expect {|
type 'a box = Box of 'a
|}]
let pb fmt (_ : 'a box) = Format.pp_print_string fmt "BOX";;
[%%expect {|
val pb : Format.formatter -> 'a box -> unit = <fun>
|}]
#install_printer pb;;
Box 1, [Box "x"];;
[%%expect {|
- : int box * string box list = (BOX, [BOX])
|}]
let pe fmt (e : exn) = Format.pp_print_string fmt (Printexc.to_string e);;
[%%expect {|
val pe : Format.formatter -> exn -> unit = <fun>
|}]
#install_printer pe;;
Not_found;;
[%%expect {|
- : exn = Not_found
|}]
raise Not_found;;
[%%expect {|
Exception: Not_found.
|}]
let () = Format.printf "abc";;
[%%expect {|
abc|}]
1;;
[%%expect {|
- : int = 1
|}]
Format.printf "@[<2>abc@ def";;
[%%expect {|
abc def- : unit = ()
|}]
Format.printf "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";;
[%%expect {|
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa- : unit = ()
|}]
let () = Format.printf "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";;
[%%expect {|
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|}]
[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15];;
[%%expect {|
- : int list = [1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15]
|}]
let () = Format.printf "@[<v>a@,b@]";;
[%%expect {|
a
b|}]
print_string "direct";;
[%%expect {|
direct- : unit = ()
|}]
Format.set_margin 40;;
[%%expect {|
- : unit = ()
|}]
List.init 30 (fun i -> i);;
[%%expect {|
- : int list =
[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11;
 12; 13; 14; 15; 16; 17; 18; 19; 20;
 21; 22; 23; 24; 25; 26; 27; 28; 29]
|}]
