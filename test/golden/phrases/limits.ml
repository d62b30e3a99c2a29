#print_depth 2;;
[[[[1]]]];;
[%%expect {|
- : int list list list list = [[[...]]]
|}]
Some (Some (Some (Some 1)));;
[%%expect {|
- : int option option option option = Some (Some (Some ...))
|}]
(1, (2, (3, (4, 5))));;
[%%expect {|
- : int * (int * (int * (int * int))) = (1, (2, (...)))
|}]
[|[|[|1|]|]|];;
[%%expect {|
- : int array array array = [|[|[|...|]|]|]
|}]
ref (ref (ref 1));;
[%%expect {|
- : int ref ref ref = {contents = {contents = {contents = ...}}}
|}]
`A (`B (`C 1));;
[%%expect {|
- : [> `A of [> `B of [> `C of int ] ] ] = `A (`B (`C ...))
|}]
type t = L | N of t * t;;
[%%expect {|
type t = L | N of t * t
|}]
N (N (N (L, L), L), N (L, N (L, L)));;
[%%expect {|
- : t = N (N (N (...), L), N (L, N (...)))
|}]
type r = { a : r option; b : int };;
[%%expect {|
type r = { a : r option; b : int; }
|}]
{ a = Some { a = Some { a = None; b = 1 }; b = 2 }; b = 3 };;
[%%expect {|
- : r = {a = Some {a = ...; b = ...}; b = 3}
|}]
lazy (lazy (lazy 1));;
[%%expect {|
- : int lazy_t lazy_t lazy_t = <lazy>
|}]
Ok (Ok (Ok 1));;
[%%expect {|
- : (((int, 'a) result, 'b) result, 'c) result = Ok (Ok (Ok ...))
|}]
#print_depth 0;;
1;;
[%%expect {|
- : int = 1
|}]
[1];;
[%%expect {|
- : int list = [...]
|}]
(1, 2);;
[%%expect {|
- : int * int = (...)
|}]
"a";;
[%%expect {|
- : string = "a"
|}]
#print_depth 1;;
[1];;
[%%expect {|
- : int list = [1]
|}]
[[1]];;
[%%expect {|
- : int list list = [[...]]
|}]
(1, [2]);;
[%%expect {|
- : int * int list = (1, [...])
|}]
Some 1;;
[%%expect {|
- : int option = Some 1
|}]
Some [1];;
[%%expect {|
- : int list option = Some [...]
|}]
{ a = None; b = 1 };;
[%%expect {|
- : r = {a = None; b = 1}
|}]
#print_depth 100;;
[[[[1]]]];;
[%%expect {|
- : int list list list list = [[[[1]]]]
|}]
#print_length 3;;
[1; 2; 3; 4; 5];;
[%%expect {|
- : int list = [1; 2; ...]
|}]
[|1; 2; 3; 4; 5|];;
[%%expect {|
- : int array = [|1; 2; ...|]
|}]
(1, 2, 3, 4, 5);;
[%%expect {|
- : int * int * int * int * int = (1, 2, ...)
|}]
"abcdefghijklmnopqrstuvwxyz";;
[%%expect {|
- : string = "ab"... (* string length 26; truncated *)
|}]
Bytes.of_string "abcdefghijkl";;
[%%expect {|
- : bytes = Bytes.of_string "ab"... (* string length 12; truncated *)
|}]
["abc"; "def"];;
[%%expect {|
- : string list =
["a"... (* string length 3; truncated *);
 ""... (* string length 3; truncated *)]
|}]
[[1; 2]; [3; 4]];;
[%%expect {|
- : int list list = [[1; ...]; ...]
|}]
Some (1, 2);;
[%%expect {|
- : (int * int) option = Some (1, ...)
|}]
{ a = Some { a = None; b = 1 }; b = 2 };;
[%%expect {|
- : r = {a = Some {a = ...; b = ...}; b = ...}
|}]
N (N (L, L), N (L, L));;
[%%expect {|
- : t = N (N (L, ...), ...)
|}]
[Some 1; Some 2; Some 3];;
[%%expect {|
- : int option list = [Some 1; ...]
|}]
#print_length 1;;
1;;
[%%expect {|
- : int = 1
|}]
[1; 2];;
[%%expect {|
- : int list = [...]
|}]
(1, 2);;
[%%expect {|
- : int * int = (...)
|}]
#print_length 0;;
1;;
[%%expect {|
- : int = ...
|}]
[1];;
[%%expect {|
- : int list = ...
|}]
#print_length 10;;
List.init 20 (fun i -> i);;
[%%expect {|
- : int list = [0; 1; 2; 3; 4; 5; 6; 7; 8; ...]
|}]
Array.init 20 (fun i -> i);;
[%%expect {|
- : int array = [|0; 1; 2; 3; 4; 5; 6; 7; 8; ...|]
|}]
[[1; 2; 3]; [4; 5; 6]; [7; 8; 9]; [10; 11; 12]];;
[%%expect {|
- : int list list = [[1; 2; 3]; [4; 5; 6]; [...]; ...]
|}]
#print_length 300;;
List.init 299 (fun i -> i);;
[%%expect {|
- : int list =
[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20;
 21; 22; 23; 24; 25; 26; 27; 28; 29; 30; 31; 32; 33; 34; 35; 36; 37; 38; 39;
 40; 41; 42; 43; 44; 45; 46; 47; 48; 49; 50; 51; 52; 53; 54; 55; 56; 57; 58;
 59; 60; 61; 62; 63; 64; 65; 66; 67; 68; 69; 70; 71; 72; 73; 74; 75; 76; 77;
 78; 79; 80; 81; 82; 83; 84; 85; 86; 87; 88; 89; 90; 91; 92; 93; 94; 95; 96;
 97; 98; 99; 100; 101; 102; 103; 104; 105; 106; 107; 108; 109; 110; 111; 112;
 113; 114; 115; 116; 117; 118; 119; 120; 121; 122; 123; 124; 125; 126; 127;
 128; 129; 130; 131; 132; 133; 134; 135; 136; 137; 138; 139; 140; 141; 142;
 143; 144; 145; 146; 147; 148; 149; 150; 151; 152; 153; 154; 155; 156; 157;
 158; 159; 160; 161; 162; 163; 164; 165; 166; 167; 168; 169; 170; 171; 172;
 173; 174; 175; 176; 177; 178; 179; 180; 181; 182; 183; 184; 185; 186; 187;
 188; 189; 190; 191; 192; 193; 194; 195; 196; 197; 198; 199; 200; 201; 202;
 203; 204; 205; 206; 207; 208; 209; 210; 211; 212; 213; 214; 215; 216; 217;
 218; 219; 220; 221; 222; 223; 224; 225; 226; 227; 228; 229; 230; 231; 232;
 233; 234; 235; 236; 237; 238; 239; 240; 241; 242; 243; 244; 245; 246; 247;
 248; 249; 250; 251; 252; 253; 254; 255; 256; 257; 258; 259; 260; 261; 262;
 263; 264; 265; 266; 267; 268; 269; 270; 271; 272; 273; 274; 275; 276; 277;
 278; 279; 280; 281; 282; 283; 284; 285; 286; 287; 288; 289; 290; 291; 292;
 293; 294; 295; 296; 297; 298]
|}]
List.init 300 (fun i -> i);;
[%%expect {|
- : int list =
[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20;
 21; 22; 23; 24; 25; 26; 27; 28; 29; 30; 31; 32; 33; 34; 35; 36; 37; 38; 39;
 40; 41; 42; 43; 44; 45; 46; 47; 48; 49; 50; 51; 52; 53; 54; 55; 56; 57; 58;
 59; 60; 61; 62; 63; 64; 65; 66; 67; 68; 69; 70; 71; 72; 73; 74; 75; 76; 77;
 78; 79; 80; 81; 82; 83; 84; 85; 86; 87; 88; 89; 90; 91; 92; 93; 94; 95; 96;
 97; 98; 99; 100; 101; 102; 103; 104; 105; 106; 107; 108; 109; 110; 111; 112;
 113; 114; 115; 116; 117; 118; 119; 120; 121; 122; 123; 124; 125; 126; 127;
 128; 129; 130; 131; 132; 133; 134; 135; 136; 137; 138; 139; 140; 141; 142;
 143; 144; 145; 146; 147; 148; 149; 150; 151; 152; 153; 154; 155; 156; 157;
 158; 159; 160; 161; 162; 163; 164; 165; 166; 167; 168; 169; 170; 171; 172;
 173; 174; 175; 176; 177; 178; 179; 180; 181; 182; 183; 184; 185; 186; 187;
 188; 189; 190; 191; 192; 193; 194; 195; 196; 197; 198; 199; 200; 201; 202;
 203; 204; 205; 206; 207; 208; 209; 210; 211; 212; 213; 214; 215; 216; 217;
 218; 219; 220; 221; 222; 223; 224; 225; 226; 227; 228; 229; 230; 231; 232;
 233; 234; 235; 236; 237; 238; 239; 240; 241; 242; 243; 244; 245; 246; 247;
 248; 249; 250; 251; 252; 253; 254; 255; 256; 257; 258; 259; 260; 261; 262;
 263; 264; 265; 266; 267; 268; 269; 270; 271; 272; 273; 274; 275; 276; 277;
 278; 279; 280; 281; 282; 283; 284; 285; 286; 287; 288; 289; 290; 291; 292;
 293; 294; 295; 296; 297; 298; ...]
|}]
List.init 301 (fun i -> i);;
[%%expect {|
- : int list =
[0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20;
 21; 22; 23; 24; 25; 26; 27; 28; 29; 30; 31; 32; 33; 34; 35; 36; 37; 38; 39;
 40; 41; 42; 43; 44; 45; 46; 47; 48; 49; 50; 51; 52; 53; 54; 55; 56; 57; 58;
 59; 60; 61; 62; 63; 64; 65; 66; 67; 68; 69; 70; 71; 72; 73; 74; 75; 76; 77;
 78; 79; 80; 81; 82; 83; 84; 85; 86; 87; 88; 89; 90; 91; 92; 93; 94; 95; 96;
 97; 98; 99; 100; 101; 102; 103; 104; 105; 106; 107; 108; 109; 110; 111; 112;
 113; 114; 115; 116; 117; 118; 119; 120; 121; 122; 123; 124; 125; 126; 127;
 128; 129; 130; 131; 132; 133; 134; 135; 136; 137; 138; 139; 140; 141; 142;
 143; 144; 145; 146; 147; 148; 149; 150; 151; 152; 153; 154; 155; 156; 157;
 158; 159; 160; 161; 162; 163; 164; 165; 166; 167; 168; 169; 170; 171; 172;
 173; 174; 175; 176; 177; 178; 179; 180; 181; 182; 183; 184; 185; 186; 187;
 188; 189; 190; 191; 192; 193; 194; 195; 196; 197; 198; 199; 200; 201; 202;
 203; 204; 205; 206; 207; 208; 209; 210; 211; 212; 213; 214; 215; 216; 217;
 218; 219; 220; 221; 222; 223; 224; 225; 226; 227; 228; 229; 230; 231; 232;
 233; 234; 235; 236; 237; 238; 239; 240; 241; 242; 243; 244; 245; 246; 247;
 248; 249; 250; 251; 252; 253; 254; 255; 256; 257; 258; 259; 260; 261; 262;
 263; 264; 265; 266; 267; 268; 269; 270; 271; 272; 273; 274; 275; 276; 277;
 278; 279; 280; 281; 282; 283; 284; 285; 286; 287; 288; 289; 290; 291; 292;
 293; 294; 295; 296; 297; 298; ...]
|}]
Array.init 400 (fun i -> i);;
[%%expect {|
- : int array =
[|0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20;
  21; 22; 23; 24; 25; 26; 27; 28; 29; 30; 31; 32; 33; 34; 35; 36; 37; 38; 39;
  40; 41; 42; 43; 44; 45; 46; 47; 48; 49; 50; 51; 52; 53; 54; 55; 56; 57; 58;
  59; 60; 61; 62; 63; 64; 65; 66; 67; 68; 69; 70; 71; 72; 73; 74; 75; 76; 77;
  78; 79; 80; 81; 82; 83; 84; 85; 86; 87; 88; 89; 90; 91; 92; 93; 94; 95; 96;
  97; 98; 99; 100; 101; 102; 103; 104; 105; 106; 107; 108; 109; 110; 111;
  112; 113; 114; 115; 116; 117; 118; 119; 120; 121; 122; 123; 124; 125; 126;
  127; 128; 129; 130; 131; 132; 133; 134; 135; 136; 137; 138; 139; 140; 141;
  142; 143; 144; 145; 146; 147; 148; 149; 150; 151; 152; 153; 154; 155; 156;
  157; 158; 159; 160; 161; 162; 163; 164; 165; 166; 167; 168; 169; 170; 171;
  172; 173; 174; 175; 176; 177; 178; 179; 180; 181; 182; 183; 184; 185; 186;
  187; 188; 189; 190; 191; 192; 193; 194; 195; 196; 197; 198; 199; 200; 201;
  202; 203; 204; 205; 206; 207; 208; 209; 210; 211; 212; 213; 214; 215; 216;
  217; 218; 219; 220; 221; 222; 223; 224; 225; 226; 227; 228; 229; 230; 231;
  232; 233; 234; 235; 236; 237; 238; 239; 240; 241; 242; 243; 244; 245; 246;
  247; 248; 249; 250; 251; 252; 253; 254; 255; 256; 257; 258; 259; 260; 261;
  262; 263; 264; 265; 266; 267; 268; 269; 270; 271; 272; 273; 274; 275; 276;
  277; 278; 279; 280; 281; 282; 283; 284; 285; 286; 287; 288; 289; 290; 291;
  292; 293; 294; 295; 296; 297; 298; ...|]
|}]
List.init 100 (fun i -> (i, string_of_int i));;
[%%expect {|
- : (int * string) list =
[(0, "0"); (1, "1"); (2, "2"); (3, "3"); (4, "4"); (5, "5"); (6, "6");
 (7, "7"); (8, "8"); (9, "9"); (10, "10"); (11, "11"); (12, "12");
 (13, "13"); (14, "14"); (15, "15"); (16, "16"); (17, "17"); (18, "18");
 (19, "19"); (20, "20"); (21, "21"); (22, "22"); (23, "23"); (24, "24");
 (25, "25"); (26, "26"); (27, "27"); (28, "28"); (29, "29"); (30, "30");
 (31, "31"); (32, "32"); (33, "33"); (34, "34"); (35, "35"); (36, "36");
 (37, "37"); (38, "38"); (39, "39"); (40, "40"); (41, "41"); (42, "42");
 (43, "43"); (44, "44"); (45, "45"); (46, "46"); (47, "47"); (48, "48");
 (49, "49"); (50, "50"); (51, "51"); (52, "52"); (53, "53"); (54, "54");
 (55, "55"); (56, "56"); (57, "57"); (58, "58"); (59, "59"); (60, "60");
 (61, "61"); (62, "62"); (63, "63"); (64, "64"); (65, "65"); (66, "66");
 (67, "67"); (68, "68"); (69, "69"); (70, "70"); (71, "71"); (72, "72");
 (73, "73"); (74, "74"); (75, "75"); (76, "76"); (77, "77"); (78, "78");
 (79, "79"); (80, "80"); (81, "81"); (82, "82"); (83, "83"); (84, "84");
 (85, "85"); (86, "86"); (87, "87"); (88, "88"); (89, "89"); (90, "90");
 (91, "91"); (92, "92"); (93, "93"); (94, "94"); (95, "95"); (96, "96");
 (97, "97"); (98, "98"); (99, ...); ...]
|}]
List.init 50 (fun i -> [i; i]);;
[%%expect {|
- : int list list =
[[0; 0]; [1; 1]; [2; 2]; [3; 3]; [4; 4]; [5; 5]; [6; 6]; [7; 7]; [8; 8];
 [9; 9]; [10; 10]; [11; 11]; [12; 12]; [13; 13]; [14; 14]; [15; 15];
 [16; 16]; [17; 17]; [18; 18]; [19; 19]; [20; 20]; [21; 21]; [22; 22];
 [23; 23]; [24; 24]; [25; 25]; [26; 26]; [27; 27]; [28; 28]; [29; 29];
 [30; 30]; [31; 31]; [32; 32]; [33; 33]; [34; 34]; [35; 35]; [36; 36];
 [37; 37]; [38; 38]; [39; 39]; [40; 40]; [41; 41]; [42; 42]; [43; 43];
 [44; 44]; [45; 45]; [46; 46]; [47; 47]; [48; 48]; [49; 49]]
|}]
let rec l = 1 :: l;;
[%%expect {|
val l : int list = [1; <cycle>]
|}]
let rec l = 1 :: 2 :: l;;
[%%expect {|
val l : int list = [1; 2; <cycle>]
|}]
type c = { mutable next : c option; v : int };;
[%%expect {|
type c = { mutable next : c option; v : int; }
|}]
let x = { next = None; v = 1 };;
[%%expect {|
val x : c = {next = None; v = 1}
|}]
x.next <- Some x;;
[%%expect {|
- : unit = ()
|}]
x;;
[%%expect {|
- : c = {next = Some <cycle>; v = 1}
|}]
let rec y = { next = Some y; v = 2 };;
[%%expect {|
val y : c = {next = Some <cycle>; v = 2}
|}]
type cyc = C of cyc ref | E;;
[%%expect {|
type cyc = C of cyc ref | E
|}]
let r = ref E;;
[%%expect {|
val r : cyc ref = {contents = E}
|}]
r := C r;;
[%%expect {|
- : unit = ()
|}]
r;;
[%%expect {|
- : cyc ref = {contents = C <cycle>}
|}]
!r;;
[%%expect {|
- : cyc = C {contents = <cycle>}
|}]
let rec a = [|a0|] and a0 = 1;;
[%%expect {|
val a : int array = [|1|]
val a0 : int = 1
|}]
let rec t = (1, t')  and t' = [t];;
[%%expect {|
Line 1, characters 31-32:
1 | let rec t = (1, t')  and t' = [t];;
                                   ^
Error: This expression has type int * 'a list
       but an expression was expected of type 'a
       The type variable 'a occurs inside int * 'a list
|}]
let rec f = [(fun x -> x)];;
[%%expect {|
val f : ('a -> 'a) list = [<fun>]
|}]
[1; 1; 1];;
[%%expect {|
- : int list = [1; 1; 1]
|}]
let s = [1] in [s; s; s];;
[%%expect {|
- : int list list = [[1]; [1]; [1]]
|}]
let p = Some 1 in (p, p);;
[%%expect {|
- : int option * int option = (Some 1, Some 1)
|}]
String.make 300 'a';;
[%%expect {|
- : string =
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"... (* string length 300; truncated *)
|}]
String.make 299 'a';;
[%%expect {|
- : string =
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
|}]
[String.make 298 'a'];;
[%%expect {|
- : string list =
["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]
|}]
[String.make 150 'a'; String.make 200 'b'];;
[%%expect {|
- : string list =
["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]
|}]
Array.make 10 "abc";;
[%%expect {|
- : string array =
[|"abc"; "abc"; "abc"; "abc"; "abc"; "abc"; "abc"; "abc"; "abc"; "abc"|]
|}]
Array.make_matrix 3 3 0;;
[%%expect {|
- : int array array = [|[|0; 0; 0|]; [|0; 0; 0|]; [|0; 0; 0|]|]
|}]
Array.make_matrix 10 10 1.5;;
[%%expect {|
- : float array array =
[|[|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|];
  [|1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5; 1.5|]|]
|}]
List.init 30 (fun i -> float_of_int i /. 3.);;
[%%expect {|
- : float list =
[0.; 0.333333333333333315; 0.66666666666666663; 1.; 1.33333333333333326;
 1.66666666666666674; 2.; 2.33333333333333348; 2.66666666666666652; 3.;
 3.33333333333333348; 3.66666666666666652; 4.; 4.33333333333333304;
 4.66666666666666696; 5.; 5.33333333333333304; 5.66666666666666696; 6.;
 6.33333333333333304; 6.66666666666666696; 7.; 7.33333333333333304;
 7.66666666666666696; 8.; 8.33333333333333393; 8.66666666666666607; 9.;
 9.33333333333333393; 9.66666666666666607]
|}]
List.init 20 (fun i -> String.make i 'x');;
[%%expect {|
- : string list =
[""; "x"; "xx"; "xxx"; "xxxx"; "xxxxx"; "xxxxxx"; "xxxxxxx"; "xxxxxxxx";
 "xxxxxxxxx"; "xxxxxxxxxx"; "xxxxxxxxxxx"; "xxxxxxxxxxxx"; "xxxxxxxxxxxxx";
 "xxxxxxxxxxxxxx"; "xxxxxxxxxxxxxxx"; "xxxxxxxxxxxxxxxx";
 "xxxxxxxxxxxxxxxxx"; "xxxxxxxxxxxxxxxxxx"; "xxxxxxxxxxxxxxxxxxx"]
|}]
List.init 10 (fun i -> Some i);;
[%%expect {|
- : int option list =
[Some 0; Some 1; Some 2; Some 3; Some 4; Some 5; Some 6; Some 7; Some 8;
 Some 9]
|}]
List.init 10 (fun i -> if i mod 2 = 0 then Ok i else Error "odd");;
[%%expect {|
- : (int, string) result list =
[Ok 0; Error "odd"; Ok 2; Error "odd"; Ok 4; Error "odd"; Ok 6; Error "odd";
 Ok 8; Error "odd"]
|}]
[("a", [1; 2; 3]); ("b", [4; 5; 6]); ("c", [7; 8; 9]); ("d", [10; 11; 12]); ("e", [13; 14; 15])];;
[%%expect {|
- : (string * int list) list =
[("a", [1; 2; 3]); ("b", [4; 5; 6]); ("c", [7; 8; 9]); ("d", [10; 11; 12]);
 ("e", [13; 14; 15])]
|}]
[Some [Some [Some [Some [Some [Some [Some [Some [Some [Some [Some [Some 1]]]]]]]]]]]];;
[%%expect {|
- : int option list option list option list option list option list option
    list option list option list option list option list option list option
    list
=
[Some
  [Some
    [Some [Some [Some [Some [Some [Some [Some [Some [Some [Some 1]]]]]]]]]]]]
|}]
let rec nest n = if n = 0 then [] else [`N (nest (n - 1))];;
[%%expect {|
val nest : int -> ([> `N of 'a ] list as 'a) = <fun>
|}]
nest 5;;
[%%expect {|
- : [> `N of 'a ] list as 'a = [`N [`N [`N [`N [`N []]]]]]
|}]
nest 120;;
[%%expect {|
- : [> `N of 'a ] list as 'a =
[`N
   [`N
      [`N
         [`N
            [`N
               [`N
                  [`N
                     [`N
                        [`N
                           [`N
                              [`N
                                 [`N
                                    [`N
                                       [`N
                                          [`N
                                             [`N
                                                [`N
                                                   [`N
                                                      [`N
                                                         [`N
                                                            [`N
                                                               [`N
                                                                  [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N
                                                                    [`N [...]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
|}]
let rec deep n = if n = 0 then L else N (deep (n - 1), L);;
[%%expect {|
val deep : int -> t = <fun>
|}]
deep 10;;
[%%expect {|
- : t =
N (N (N (N (N (N (N (N (N (N (L, L), L), L), L), L), L), L), L), L), L)
|}]
deep 40;;
[%%expect {|
- : t =
N
 (N
   (N
     (N
       (N
         (N
           (N
             (N
               (N
                 (N
                   (N
                     (N
                       (N
                         (N
                           (N
                             (N
                               (N
                                 (N
                                   (N
                                     (N
                                       (N
                                         (N
                                           (N
                                             (N
                                               (N
                                                 (N
                                                   (N
                                                     (N
                                                       (N
                                                         (N
                                                           (N
                                                             (N
                                                               (N
                                                                 (N
                                                                   (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N (L, L),
                                                                    L), L),
                                                                    L), L),
                                                                    L),
                                                                   L),
                                                                 L),
                                                               L),
                                                             L),
                                                           L),
                                                         L),
                                                       L),
                                                     L),
                                                   L),
                                                 L),
                                               L),
                                             L),
                                           L),
                                         L),
                                       L),
                                     L),
                                   L),
                                 L),
                               L),
                             L),
                           L),
                         L),
                       L),
                     L),
                   L),
                 L),
               L),
             L),
           L),
         L),
       L),
     L),
   L),
 L)
|}]
deep 120;;
[%%expect {|
- : t =
N
 (N
   (N
     (N
       (N
         (N
           (N
             (N
               (N
                 (N
                   (N
                     (N
                       (N
                         (N
                           (N
                             (N
                               (N
                                 (N
                                   (N
                                     (N
                                       (N
                                         (N
                                           (N
                                             (N
                                               (N
                                                 (N
                                                   (N
                                                     (N
                                                       (N
                                                         (N
                                                           (N
                                                             (N
                                                               (N
                                                                 (N
                                                                   (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N
                                                                    (N (...),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                    L), L),
                                                                   L),
                                                                 L),
                                                               L),
                                                             L),
                                                           L),
                                                         L),
                                                       L),
                                                     L),
                                                   L),
                                                 L),
                                               L),
                                             L),
                                           L),
                                         L),
                                       L),
                                     L),
                                   L),
                                 L),
                               L),
                             L),
                           L),
                         L),
                       L),
                     L),
                   L),
                 L),
               L),
             L),
           L),
         L),
       L),
     L),
   L),
 L)
|}]
