"";;
[%%expect {|
- : string = ""
|}]
Some "";;
[%%expect {|
- : string option = Some ""
|}]
[""; ""];;
[%%expect {|
- : string list = [""; ""]
|}]
Bytes.of_string "";;
[%%expect {|
- : bytes = Bytes.of_string ""
|}]
"a";;
[%%expect {|
- : string = "a"
|}]
Some "a";;
[%%expect {|
- : string option = Some "a"
|}]
["a"; "a"];;
[%%expect {|
- : string list = ["a"; "a"]
|}]
Bytes.of_string "a";;
[%%expect {|
- : bytes = Bytes.of_string "a"
|}]
"hello world";;
[%%expect {|
- : string = "hello world"
|}]
Some "hello world";;
[%%expect {|
- : string option = Some "hello world"
|}]
["hello world"; "hello world"];;
[%%expect {|
- : string list = ["hello world"; "hello world"]
|}]
Bytes.of_string "hello world";;
[%%expect {|
- : bytes = Bytes.of_string "hello world"
|}]
"\n";;
[%%expect {|
- : string = "\n"
|}]
Some "\n";;
[%%expect {|
- : string option = Some "\n"
|}]
["\n"; "\n"];;
[%%expect {|
- : string list = ["\n"; "\n"]
|}]
Bytes.of_string "\n";;
[%%expect {|
- : bytes = Bytes.of_string "\n"
|}]
"\t\r\b";;
[%%expect {|
- : string = "\t\r\b"
|}]
Some "\t\r\b";;
[%%expect {|
- : string option = Some "\t\r\b"
|}]
["\t\r\b"; "\t\r\b"];;
[%%expect {|
- : string list = ["\t\r\b"; "\t\r\b"]
|}]
Bytes.of_string "\t\r\b";;
[%%expect {|
- : bytes = Bytes.of_string "\t\r\b"
|}]
"\"q\"";;
[%%expect {|
- : string = "\"q\""
|}]
Some "\"q\"";;
[%%expect {|
- : string option = Some "\"q\""
|}]
["\"q\""; "\"q\""];;
[%%expect {|
- : string list = ["\"q\""; "\"q\""]
|}]
Bytes.of_string "\"q\"";;
[%%expect {|
- : bytes = Bytes.of_string "\"q\""
|}]
"back\\slash";;
[%%expect {|
- : string = "back\\slash"
|}]
Some "back\\slash";;
[%%expect {|
- : string option = Some "back\\slash"
|}]
["back\\slash"; "back\\slash"];;
[%%expect {|
- : string list = ["back\\slash"; "back\\slash"]
|}]
Bytes.of_string "back\\slash";;
[%%expect {|
- : bytes = Bytes.of_string "back\\slash"
|}]
"\000\001\031";;
[%%expect {|
- : string = "\000\001\031"
|}]
Some "\000\001\031";;
[%%expect {|
- : string option = Some "\000\001\031"
|}]
["\000\001\031"; "\000\001\031"];;
[%%expect {|
- : string list = ["\000\001\031"; "\000\001\031"]
|}]
Bytes.of_string "\000\001\031";;
[%%expect {|
- : bytes = Bytes.of_string "\000\001\031"
|}]
"\127";;
[%%expect {|
- : string = "\127"
|}]
Some "\127";;
[%%expect {|
- : string option = Some "\127"
|}]
["\127"; "\127"];;
[%%expect {|
- : string list = ["\127"; "\127"]
|}]
Bytes.of_string "\127";;
[%%expect {|
- : bytes = Bytes.of_string "\127"
|}]
"\128";;
[%%expect {|
- : string = "�"
|}]
Some "\128";;
[%%expect {|
- : string option = Some "�"
|}]
["\128"; "\128"];;
[%%expect {|
- : string list = ["�"; "�"]
|}]
Bytes.of_string "\128";;
[%%expect {|
- : bytes = Bytes.of_string "\128"
|}]
"\255";;
[%%expect {|
- : string = "�"
|}]
Some "\255";;
[%%expect {|
- : string option = Some "�"
|}]
["\255"; "\255"];;
[%%expect {|
- : string list = ["�"; "�"]
|}]
Bytes.of_string "\255";;
[%%expect {|
- : bytes = Bytes.of_string "\255"
|}]
"caf\195\169";;
[%%expect {|
- : string = "café"
|}]
Some "caf\195\169";;
[%%expect {|
- : string option = Some "café"
|}]
["caf\195\169"; "caf\195\169"];;
[%%expect {|
- : string list = ["café"; "café"]
|}]
Bytes.of_string "caf\195\169";;
[%%expect {|
- : bytes = Bytes.of_string "caf\195\169"
|}]
"\xe2\x82\xac";;
[%%expect {|
- : string = "€"
|}]
Some "\xe2\x82\xac";;
[%%expect {|
- : string option = Some "€"
|}]
["\xe2\x82\xac"; "\xe2\x82\xac"];;
[%%expect {|
- : string list = ["€"; "€"]
|}]
Bytes.of_string "\xe2\x82\xac";;
[%%expect {|
- : bytes = Bytes.of_string "\226\130\172"
|}]
"\u{e9}";;
[%%expect {|
- : string = "é"
|}]
Some "\u{e9}";;
[%%expect {|
- : string option = Some "é"
|}]
["\u{e9}"; "\u{e9}"];;
[%%expect {|
- : string list = ["é"; "é"]
|}]
Bytes.of_string "\u{e9}";;
[%%expect {|
- : bytes = Bytes.of_string "\195\169"
|}]
"\u{1F600}";;
[%%expect {|
- : string = "😀"
|}]
Some "\u{1F600}";;
[%%expect {|
- : string option = Some "😀"
|}]
["\u{1F600}"; "\u{1F600}"];;
[%%expect {|
- : string list = ["😀"; "😀"]
|}]
Bytes.of_string "\u{1F600}";;
[%%expect {|
- : bytes = Bytes.of_string "\240\159\152\128"
|}]
"a\
   b";;
[%%expect {|
- : string = "ab"
|}]
Some "a\
   b";;
[%%expect {|
- : string option = Some "ab"
|}]
["a\
   b"; "a\
   b"];;
[%%expect {|
- : string list = ["ab"; "ab"]
|}]
Bytes.of_string "a\
   b";;
[%%expect {|
- : bytes = Bytes.of_string "ab"
|}]
{|raw|};;
[%%expect {|
- : string = "raw"
|}]
Some {|raw|};;
[%%expect {|
- : string option = Some "raw"
|}]
[{|raw|}; {|raw|}];;
[%%expect {|
- : string list = ["raw"; "raw"]
|}]
Bytes.of_string {|raw|};;
[%%expect {|
- : bytes = Bytes.of_string "raw"
|}]
{|a"b\n|};;
[%%expect {|
- : string = "a\"b\\n"
|}]
Some {|a"b\n|};;
[%%expect {|
- : string option = Some "a\"b\\n"
|}]
[{|a"b\n|}; {|a"b\n|}];;
[%%expect {|
- : string list = ["a\"b\\n"; "a\"b\\n"]
|}]
Bytes.of_string {|a"b\n|};;
[%%expect {|
- : bytes = Bytes.of_string "a\"b\\n"
|}]
{id|x|}y|id};;
[%%expect {|
- : string = "x|}y"
|}]
Some {id|x|}y|id};;
[%%expect {|
- : string option = Some "x|}y"
|}]
[{id|x|}y|id}; {id|x|}y|id}];;
[%%expect {|
- : string list = ["x|}y"; "x|}y"]
|}]
Bytes.of_string {id|x|}y|id};;
[%%expect {|
- : bytes = Bytes.of_string "x|}y"
|}]
"it's";;
[%%expect {|
- : string = "it's"
|}]
Some "it's";;
[%%expect {|
- : string option = Some "it's"
|}]
["it's"; "it's"];;
[%%expect {|
- : string list = ["it's"; "it's"]
|}]
Bytes.of_string "it's";;
[%%expect {|
- : bytes = Bytes.of_string "it's"
|}]
"\065\066";;
[%%expect {|
- : string = "AB"
|}]
Some "\065\066";;
[%%expect {|
- : string option = Some "AB"
|}]
["\065\066"; "\065\066"];;
[%%expect {|
- : string list = ["AB"; "AB"]
|}]
Bytes.of_string "\065\066";;
[%%expect {|
- : bytes = Bytes.of_string "AB"
|}]
"%d";;
[%%expect {|
- : string = "%d"
|}]
Some "%d";;
[%%expect {|
- : string option = Some "%d"
|}]
["%d"; "%d"];;
[%%expect {|
- : string list = ["%d"; "%d"]
|}]
Bytes.of_string "%d";;
[%%expect {|
- : bytes = Bytes.of_string "%d"
|}]
"a;;b";;
[%%expect {|
- : string = "a;;b"
|}]
Some "a;;b";;
[%%expect {|
- : string option = Some "a;;b"
|}]
["a;;b"; "a;;b"];;
[%%expect {|
- : string list = ["a;;b"; "a;;b"]
|}]
Bytes.of_string "a;;b";;
[%%expect {|
- : bytes = Bytes.of_string "a;;b"
|}]
"(* not *)";;
[%%expect {|
- : string = "(* not *)"
|}]
Some "(* not *)";;
[%%expect {|
- : string option = Some "(* not *)"
|}]
["(* not *)"; "(* not *)"];;
[%%expect {|
- : string list = ["(* not *)"; "(* not *)"]
|}]
Bytes.of_string "(* not *)";;
[%%expect {|
- : bytes = Bytes.of_string "(* not *)"
|}]
String.make 100 'x';;
[%%expect {|
- : string =
"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
|}]
String.make 298 'x';;
[%%expect {|
- : string =
"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
|}]
String.make 299 'x';;
[%%expect {|
- : string =
"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
|}]
String.make 300 'x';;
[%%expect {|
- : string =
"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"... (* string length 300; truncated *)
|}]
String.make 301 'x';;
[%%expect {|
- : string =
"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"... (* string length 301; truncated *)
|}]
String.make 1000 'y';;
[%%expect {|
- : string =
"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"... (* string length 1000; truncated *)
|}]
Bytes.make 400 'z';;
[%%expect {|
- : bytes =
Bytes.of_string "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"... (* string length 400; truncated *)
|}]
[String.make 290 'a'; "bcdefghijklmnop"];;
[%%expect {|
- : string list =
["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
 "bcdefghijklmnop"]
|}]
(String.make 200 'a', String.make 200 'b');;
[%%expect {|
- : string * string =
("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
|}]
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";;
[%%expect {|
- : string =
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
|}]
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";;
[%%expect {|
- : string * string =
("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
|}]
["aaaaaaaaaaaaaaaaaaaaaa"; "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"; "aaaaaaaaaaaaaaaaaaaa"; "aaaaaaaaa"];;
[%%expect {|
- : string list =
["aaaaaaaaaaaaaaaaaaaaaa"; "aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
 "aaaaaaaaaaaaaaaaaaaa"; "aaaaaaaaa"]
|}]
"abc" ^ "def";;
[%%expect {|
- : string = "abcdef"
|}]
String.length "abc";;
[%%expect {|
- : int = 3
|}]
String.sub "hello" 1 3;;
[%%expect {|
- : string = "ell"
|}]
String.uppercase_ascii "abc";;
[%%expect {|
- : string = "ABC"
|}]
String.concat ", " ["a"; "b"];;
[%%expect {|
- : string = "a, b"
|}]
String.split_on_char ',' "a,b,c";;
[%%expect {|
- : string list = ["a"; "b"; "c"]
|}]
String.index "abc" 'c';;
[%%expect {|
- : int = 2
|}]
String.index "abc" 'z';;
[%%expect {|
Exception: Not_found.
|}]
String.index_opt "abc" 'z';;
[%%expect {|
- : int option = None
|}]
"abc".[0];;
[%%expect {|
- : char = 'a'
|}]
"abc".[3];;
[%%expect {|
Exception: Invalid_argument "index out of bounds".
|}]
String.get "abc" (-1);;
[%%expect {|
Exception: Invalid_argument "index out of bounds".
|}]
String.sub "abc" 2 5;;
[%%expect {|
Exception: Invalid_argument "String.sub / Bytes.sub".
|}]
int_of_string "x";;
[%%expect {|
Exception: Failure "int_of_string".
|}]
int_of_string_opt "x";;
[%%expect {|
- : int option = None
|}]
float_of_string "x";;
[%%expect {|
Exception: Failure "float_of_string".
|}]
float_of_string_opt "1.5";;
[%%expect {|
- : float option = Some 1.5
|}]
bool_of_string "maybe";;
[%%expect {|
Exception: Invalid_argument "bool_of_string".
|}]
char_of_int 300;;
[%%expect {|
Exception: Invalid_argument "char_of_int".
|}]
Char.chr (-1);;
[%%expect {|
Exception: Invalid_argument "Char.chr".
|}]
Char.code 'a';;
[%%expect {|
- : int = 97
|}]
Printf.sprintf "%d %s %c %f" 1 "a" 'b' 1.5;;
[%%expect {|
- : string = "1 a b 1.500000"
|}]
Printf.sprintf "%S %C" "a\n" 'b';;
[%%expect {|
- : string = "\"a\\n\" 'b'"
|}]
Printf.printf "hello\n";;
[%%expect {|
hello
- : unit = ()
|}]
print_string "no newline";;
[%%expect {|
no newline- : unit = ()
|}]
print_string "a\n";;
[%%expect {|
a
- : unit = ()
|}]
print_endline "x"; print_newline (); 3;;
[%%expect {|
x

- : int = 3
|}]
print_int 3;;
[%%expect {|
3- : unit = ()
|}]
print_char 'c';;
[%%expect {|
c- : unit = ()
|}]
print_float 1.5;;
[%%expect {|
1.5- : unit = ()
|}]
Printf.printf "%d" 3;;
[%%expect {|
3- : unit = ()
|}]
let s = "x" in s ^ s;;
[%%expect {|
- : string = "xx"
|}]
let s = Bytes.of_string "abc";;
[%%expect {|
val s : bytes = Bytes.of_string "abc"
|}]
Bytes.set s 0 'z';;
[%%expect {|
- : unit = ()
|}]
s;;
[%%expect {|
- : bytes = Bytes.of_string "zbc"
|}]
Bytes.to_string s;;
[%%expect {|
- : string = "zbc"
|}]
String.escaped "a\nb";;
[%%expect {|
- : string = "a\\nb"
|}]
Printf.sprintf;;
[%%expect {|
- : ('a, unit, string) format -> 'a = <fun>
|}]
String.trim "  a ";;
[%%expect {|
- : string = "a"
|}]
String.contains "abc" 'b';;
[%%expect {|
- : bool = true
|}]
compare "a" "b";;
[%%expect {|
- : int = -1
|}]
"a" < "b";;
[%%expect {|
- : bool = true
|}]
"a" = 1;;
[%%expect {|
Line 1, characters 6-7:
1 | "a" = 1;;
          ^
Error: This expression has type int but an expression was expected of type
         string
|}]
"abc" "def";;
[%%expect {|
Line 1, characters 0-5:
1 | "abc" "def";;
    ^^^^^
Error: This expression has type string
       This is not a function; it cannot be applied.
|}]
'ab';;
[%%expect {|
Line 1, characters 0-1:
1 | 'ab';;
    ^
Error: Syntax error
|}]
"\q";;
[%%expect {|
Line 1, characters 1-3:
1 | "\q";;
     ^^
Warning 14 [illegal-backslash]: illegal backslash escape in string.
- : string = "\\q"
|}]
"\300";;
[%%expect {|
Line 1, characters 1-5:
1 | "\300";;
     ^^^^
Error: Illegal backslash escape in string or character (\300): 300 is outside the range of legal characters (0-255).
|}]
"\xgg";;
[%%expect {|
Line 1, characters 1-3:
1 | "\xgg";;
     ^^
Warning 14 [illegal-backslash]: illegal backslash escape in string.
- : string = "\\xgg"
|}]
"\u{110000}";;
[%%expect {|
Line 1, characters 1-11:
1 | "\u{110000}";;
     ^^^^^^^^^^
Error: Illegal backslash escape in string or character (\u{110000}): 110000 is not a Unicode scalar value
|}]
