0;;
[%%expect {|
- : int = 0
|}]
Some (0);;
[%%expect {|
- : int option = Some 0
|}]
[0; 0];;
[%%expect {|
- : int list = [0; 0]
|}]
(0, 0);;
[%%expect {|
- : int * int = (0, 0)
|}]
ref (0);;
[%%expect {|
- : int ref = {contents = 0}
|}]
[|0|];;
[%%expect {|
- : int array = [|0|]
|}]
1;;
[%%expect {|
- : int = 1
|}]
Some (1);;
[%%expect {|
- : int option = Some 1
|}]
[1; 1];;
[%%expect {|
- : int list = [1; 1]
|}]
(1, 1);;
[%%expect {|
- : int * int = (1, 1)
|}]
ref (1);;
[%%expect {|
- : int ref = {contents = 1}
|}]
[|1|];;
[%%expect {|
- : int array = [|1|]
|}]
-1;;
[%%expect {|
- : int = -1
|}]
Some (-1);;
[%%expect {|
- : int option = Some (-1)
|}]
[-1; -1];;
[%%expect {|
- : int list = [-1; -1]
|}]
(-1, -1);;
[%%expect {|
- : int * int = (-1, -1)
|}]
ref (-1);;
[%%expect {|
- : int ref = {contents = -1}
|}]
[|-1|];;
[%%expect {|
- : int array = [|-1|]
|}]
42;;
[%%expect {|
- : int = 42
|}]
Some (42);;
[%%expect {|
- : int option = Some 42
|}]
[42; 42];;
[%%expect {|
- : int list = [42; 42]
|}]
(42, 42);;
[%%expect {|
- : int * int = (42, 42)
|}]
ref (42);;
[%%expect {|
- : int ref = {contents = 42}
|}]
[|42|];;
[%%expect {|
- : int array = [|42|]
|}]
max_int;;
[%%expect {|
- : int = 4611686018427387903
|}]
Some (max_int);;
[%%expect {|
- : int option = Some 4611686018427387903
|}]
[max_int; max_int];;
[%%expect {|
- : int list = [4611686018427387903; 4611686018427387903]
|}]
(max_int, max_int);;
[%%expect {|
- : int * int = (4611686018427387903, 4611686018427387903)
|}]
ref (max_int);;
[%%expect {|
- : int ref = {contents = 4611686018427387903}
|}]
[|max_int|];;
[%%expect {|
- : int array = [|4611686018427387903|]
|}]
min_int;;
[%%expect {|
- : int = -4611686018427387904
|}]
Some (min_int);;
[%%expect {|
- : int option = Some (-4611686018427387904)
|}]
[min_int; min_int];;
[%%expect {|
- : int list = [-4611686018427387904; -4611686018427387904]
|}]
(min_int, min_int);;
[%%expect {|
- : int * int = (-4611686018427387904, -4611686018427387904)
|}]
ref (min_int);;
[%%expect {|
- : int ref = {contents = -4611686018427387904}
|}]
[|min_int|];;
[%%expect {|
- : int array = [|-4611686018427387904|]
|}]
0x1F;;
[%%expect {|
- : int = 31
|}]
Some (0x1F);;
[%%expect {|
- : int option = Some 31
|}]
[0x1F; 0x1F];;
[%%expect {|
- : int list = [31; 31]
|}]
(0x1F, 0x1F);;
[%%expect {|
- : int * int = (31, 31)
|}]
ref (0x1F);;
[%%expect {|
- : int ref = {contents = 31}
|}]
[|0x1F|];;
[%%expect {|
- : int array = [|31|]
|}]
0o17;;
[%%expect {|
- : int = 15
|}]
Some (0o17);;
[%%expect {|
- : int option = Some 15
|}]
[0o17; 0o17];;
[%%expect {|
- : int list = [15; 15]
|}]
(0o17, 0o17);;
[%%expect {|
- : int * int = (15, 15)
|}]
ref (0o17);;
[%%expect {|
- : int ref = {contents = 15}
|}]
[|0o17|];;
[%%expect {|
- : int array = [|15|]
|}]
0b101;;
[%%expect {|
- : int = 5
|}]
Some (0b101);;
[%%expect {|
- : int option = Some 5
|}]
[0b101; 0b101];;
[%%expect {|
- : int list = [5; 5]
|}]
(0b101, 0b101);;
[%%expect {|
- : int * int = (5, 5)
|}]
ref (0b101);;
[%%expect {|
- : int ref = {contents = 5}
|}]
[|0b101|];;
[%%expect {|
- : int array = [|5|]
|}]
1_000_000;;
[%%expect {|
- : int = 1000000
|}]
Some (1_000_000);;
[%%expect {|
- : int option = Some 1000000
|}]
[1_000_000; 1_000_000];;
[%%expect {|
- : int list = [1000000; 1000000]
|}]
(1_000_000, 1_000_000);;
[%%expect {|
- : int * int = (1000000, 1000000)
|}]
ref (1_000_000);;
[%%expect {|
- : int ref = {contents = 1000000}
|}]
[|1_000_000|];;
[%%expect {|
- : int array = [|1000000|]
|}]
-0;;
[%%expect {|
- : int = 0
|}]
Some (-0);;
[%%expect {|
- : int option = Some 0
|}]
[-0; -0];;
[%%expect {|
- : int list = [0; 0]
|}]
(-0, -0);;
[%%expect {|
- : int * int = (0, 0)
|}]
ref (-0);;
[%%expect {|
- : int ref = {contents = 0}
|}]
[|-0|];;
[%%expect {|
- : int array = [|0|]
|}]
123456789012345678;;
[%%expect {|
- : int = 123456789012345678
|}]
Some (123456789012345678);;
[%%expect {|
- : int option = Some 123456789012345678
|}]
[123456789012345678; 123456789012345678];;
[%%expect {|
- : int list = [123456789012345678; 123456789012345678]
|}]
(123456789012345678, 123456789012345678);;
[%%expect {|
- : int * int = (123456789012345678, 123456789012345678)
|}]
ref (123456789012345678);;
[%%expect {|
- : int ref = {contents = 123456789012345678}
|}]
[|123456789012345678|];;
[%%expect {|
- : int array = [|123456789012345678|]
|}]
0l;;
[%%expect {|
- : int32 = 0l
|}]
Some (0l);;
[%%expect {|
- : int32 option = Some 0l
|}]
[0l];;
[%%expect {|
- : int32 list = [0l]
|}]
1l;;
[%%expect {|
- : int32 = 1l
|}]
Some (1l);;
[%%expect {|
- : int32 option = Some 1l
|}]
[1l];;
[%%expect {|
- : int32 list = [1l]
|}]
-1l;;
[%%expect {|
- : int32 = -1l
|}]
Some (-1l);;
[%%expect {|
- : int32 option = Some (-1l)
|}]
[-1l];;
[%%expect {|
- : int32 list = [-1l]
|}]
Int32.max_int;;
[%%expect {|
- : int32 = 2147483647l
|}]
Some (Int32.max_int);;
[%%expect {|
- : int32 option = Some 2147483647l
|}]
[Int32.max_int];;
[%%expect {|
- : int32 list = [2147483647l]
|}]
Int32.min_int;;
[%%expect {|
- : int32 = -2147483648l
|}]
Some (Int32.min_int);;
[%%expect {|
- : int32 option = Some (-2147483648l)
|}]
[Int32.min_int];;
[%%expect {|
- : int32 list = [-2147483648l]
|}]
0x7fffffffl;;
[%%expect {|
- : int32 = 2147483647l
|}]
Some (0x7fffffffl);;
[%%expect {|
- : int32 option = Some 2147483647l
|}]
[0x7fffffffl];;
[%%expect {|
- : int32 list = [2147483647l]
|}]
0L;;
[%%expect {|
- : int64 = 0L
|}]
Some (0L);;
[%%expect {|
- : int64 option = Some 0L
|}]
(0L, 0L);;
[%%expect {|
- : int64 * int64 = (0L, 0L)
|}]
1L;;
[%%expect {|
- : int64 = 1L
|}]
Some (1L);;
[%%expect {|
- : int64 option = Some 1L
|}]
(1L, 1L);;
[%%expect {|
- : int64 * int64 = (1L, 1L)
|}]
-1L;;
[%%expect {|
- : int64 = -1L
|}]
Some (-1L);;
[%%expect {|
- : int64 option = Some (-1L)
|}]
(-1L, -1L);;
[%%expect {|
- : int64 * int64 = (-1L, -1L)
|}]
Int64.max_int;;
[%%expect {|
- : int64 = 9223372036854775807L
|}]
Some (Int64.max_int);;
[%%expect {|
- : int64 option = Some 9223372036854775807L
|}]
(Int64.max_int, Int64.max_int);;
[%%expect {|
- : int64 * int64 = (9223372036854775807L, 9223372036854775807L)
|}]
Int64.min_int;;
[%%expect {|
- : int64 = -9223372036854775808L
|}]
Some (Int64.min_int);;
[%%expect {|
- : int64 option = Some (-9223372036854775808L)
|}]
(Int64.min_int, Int64.min_int);;
[%%expect {|
- : int64 * int64 = (-9223372036854775808L, -9223372036854775808L)
|}]
0xFFL;;
[%%expect {|
- : int64 = 255L
|}]
Some (0xFFL);;
[%%expect {|
- : int64 option = Some 255L
|}]
(0xFFL, 0xFFL);;
[%%expect {|
- : int64 * int64 = (255L, 255L)
|}]
0n;;
[%%expect {|
- : nativeint = 0n
|}]
Some (0n);;
[%%expect {|
- : nativeint option = Some 0n
|}]
[|0n|];;
[%%expect {|
- : nativeint array = [|0n|]
|}]
1n;;
[%%expect {|
- : nativeint = 1n
|}]
Some (1n);;
[%%expect {|
- : nativeint option = Some 1n
|}]
[|1n|];;
[%%expect {|
- : nativeint array = [|1n|]
|}]
-1n;;
[%%expect {|
- : nativeint = -1n
|}]
Some (-1n);;
[%%expect {|
- : nativeint option = Some (-1n)
|}]
[|-1n|];;
[%%expect {|
- : nativeint array = [|-1n|]
|}]
Nativeint.max_int;;
[%%expect {|
- : nativeint = 9223372036854775807n
|}]
Some (Nativeint.max_int);;
[%%expect {|
- : nativeint option = Some 9223372036854775807n
|}]
[|Nativeint.max_int|];;
[%%expect {|
- : nativeint array = [|9223372036854775807n|]
|}]
Nativeint.min_int;;
[%%expect {|
- : nativeint = -9223372036854775808n
|}]
Some (Nativeint.min_int);;
[%%expect {|
- : nativeint option = Some (-9223372036854775808n)
|}]
[|Nativeint.min_int|];;
[%%expect {|
- : nativeint array = [|-9223372036854775808n|]
|}]
'a';;
[%%expect {|
- : char = 'a'
|}]
Some 'a';;
[%%expect {|
- : char option = Some 'a'
|}]
'\n';;
[%%expect {|
- : char = '\n'
|}]
Some '\n';;
[%%expect {|
- : char option = Some '\n'
|}]
'\'';;
[%%expect {|
- : char = '\''
|}]
Some '\'';;
[%%expect {|
- : char option = Some '\''
|}]
'"';;
[%%expect {|
- : char = '"'
|}]
Some '"';;
[%%expect {|
- : char option = Some '"'
|}]
'\\';;
[%%expect {|
- : char = '\\'
|}]
Some '\\';;
[%%expect {|
- : char option = Some '\\'
|}]
'\000';;
[%%expect {|
- : char = '\000'
|}]
Some '\000';;
[%%expect {|
- : char option = Some '\000'
|}]
'\127';;
[%%expect {|
- : char = '\127'
|}]
Some '\127';;
[%%expect {|
- : char option = Some '\127'
|}]
'\200';;
[%%expect {|
- : char = '\200'
|}]
Some '\200';;
[%%expect {|
- : char option = Some '\200'
|}]
'\255';;
[%%expect {|
- : char = '\255'
|}]
Some '\255';;
[%%expect {|
- : char option = Some '\255'
|}]
' ';;
[%%expect {|
- : char = ' '
|}]
Some ' ';;
[%%expect {|
- : char option = Some ' '
|}]
'\t';;
[%%expect {|
- : char = '\t'
|}]
Some '\t';;
[%%expect {|
- : char option = Some '\t'
|}]
'\r';;
[%%expect {|
- : char = '\r'
|}]
Some '\r';;
[%%expect {|
- : char option = Some '\r'
|}]
'\b';;
[%%expect {|
- : char = '\b'
|}]
Some '\b';;
[%%expect {|
- : char option = Some '\b'
|}]
'\x41';;
[%%expect {|
- : char = 'A'
|}]
Some '\x41';;
[%%expect {|
- : char option = Some 'A'
|}]
'\o101';;
[%%expect {|
- : char = 'A'
|}]
Some '\o101';;
[%%expect {|
- : char option = Some 'A'
|}]
true;;
[%%expect {|
- : bool = true
|}]
false;;
[%%expect {|
- : bool = false
|}]
();;
[%%expect {|
- : unit = ()
|}]
[()];;
[%%expect {|
- : unit list = [()]
|}]
[true; false];;
[%%expect {|
- : bool list = [true; false]
|}]
(true, ());;
[%%expect {|
- : bool * unit = (true, ())
|}]
Some true;;
[%%expect {|
- : bool option = Some true
|}]
Some ();;
[%%expect {|
- : unit option = Some ()
|}]
None;;
[%%expect {|
- : 'a option = None
|}]
Some None;;
[%%expect {|
- : 'a option option = Some None
|}]
Some (Some None);;
[%%expect {|
- : 'a option option option = Some (Some None)
|}]
[None; Some 1];;
[%%expect {|
- : int option list = [None; Some 1]
|}]
[];;
[%%expect {|
- : 'a list = []
|}]
[[]];;
[%%expect {|
- : 'a list list = [[]]
|}]
[[]; [[]]];;
[%%expect {|
- : 'a list list list = [[]; [[]]]
|}]
[||];;
[%%expect {|
- : 'a array = [||]
|}]
[|[||]|];;
[%%expect {|
- : '_weak1 array array = [|[||]|]
|}]
[|[1]; [2; 3]|];;
[%%expect {|
- : int list array = [|[1]; [2; 3]|]
|}]
ref [];;
[%%expect {|
- : '_weak2 list ref = {contents = []}
|}]
ref (ref 1);;
[%%expect {|
- : int ref ref = {contents = {contents = 1}}
|}]
ref None;;
[%%expect {|
- : '_weak3 option ref = {contents = None}
|}]
Ok 1;;
[%%expect {|
- : (int, 'a) result = Ok 1
|}]
Error "x";;
[%%expect {|
- : ('a, string) result = Error "x"
|}]
Ok (-1);;
[%%expect {|
- : (int, 'a) result = Ok (-1)
|}]
Error (-1.5);;
[%%expect {|
- : ('a, float) result = Error (-1.5)
|}]
(Ok 1 : (int, string) result);;
[%%expect {|
- : (int, string) result = Ok 1
|}]
(1, 2), 3;;
[%%expect {|
- : (int * int) * int = ((1, 2), 3)
|}]
((1, 2), (3, 4));;
[%%expect {|
- : (int * int) * (int * int) = ((1, 2), (3, 4))
|}]
(1, 'a', "s", 1.5, true, ());;
[%%expect {|
- : int * char * string * float * bool * unit = (1, 'a', "s", 1.5, true, ())
|}]
fun x -> x;;
[%%expect {|
- : 'a -> 'a = <fun>
|}]
fun x y -> x + y;;
[%%expect {|
- : int -> int -> int = <fun>
|}]
(+);;
[%%expect {|
- : int -> int -> int = <fun>
|}]
( * );;
[%%expect {|
- : int -> int -> int = <fun>
|}]
(fun x -> x), 1;;
[%%expect {|
- : ('a -> 'a) * int = (<fun>, 1)
|}]
[succ; pred];;
[%%expect {|
- : (int -> int) list = [<fun>; <fun>]
|}]
Some succ;;
[%%expect {|
- : (int -> int) option = Some <fun>
|}]
[|print_string|];;
[%%expect {|
- : (string -> unit) array = [|<fun>|]
|}]
ref succ;;
[%%expect {|
- : (int -> int) ref = {contents = <fun>}
|}]
compare;;
[%%expect {|
- : 'a -> 'a -> int = <fun>
|}]
ignore;;
[%%expect {|
- : 'a -> unit = <fun>
|}]
fst, snd;;
[%%expect {|
- : ('a * 'b -> 'a) * ('c * 'd -> 'd) = (<fun>, <fun>)
|}]
max;;
[%%expect {|
- : 'a -> 'a -> 'a = <fun>
|}]
(max : int -> int -> int);;
[%%expect {|
- : int -> int -> int = <fun>
|}]
min 1;;
[%%expect {|
- : int -> int = <fun>
|}]
stdin;;
[%%expect {|
- : in_channel = <abstr>
|}]
stdout, stderr;;
[%%expect {|
- : out_channel * out_channel = (<abstr>, <abstr>)
|}]
[stdout];;
[%%expect {|
- : out_channel list = [<abstr>]
|}]
Sys.argv.(0) <> "";;
[%%expect {|
- : bool = true
|}]
int_of_string;;
[%%expect {|
- : string -> int = <fun>
|}]
"abc".[1];;
[%%expect {|
- : char = 'b'
|}]
[|1;2;3|].(2);;
[%%expect {|
- : int = 3
|}]
Either.Left 1;;
[%%expect {|
- : (int, 'a) Either.t = Either.Left 1
|}]
Either.Right "a";;
[%%expect {|
- : ('a, string) Either.t = Either.Right "a"
|}]
[Either.Left 1; Either.Right 'c'];;
[%%expect {|
- : (int, char) Either.t list = [Either.Left 1; Either.Right 'c']
|}]
Lazy.from_val 3;;
[%%expect {|
- : int Lazy.t = lazy 3
|}]
lazy 3;;
[%%expect {|
- : int lazy_t = lazy 3
|}]
lazy (1 + 1);;
[%%expect {|
- : int lazy_t = <lazy>
|}]
let l = lazy (1 + 2);;
[%%expect {|
val l : int lazy_t = <lazy>
|}]
Lazy.force l;;
[%%expect {|
- : int = 3
|}]
l;;
[%%expect {|
- : int lazy_t = lazy 3
|}]
lazy (-1);;
[%%expect {|
- : int lazy_t = lazy (-1)
|}]
let l2 = lazy (Some (-1));;
[%%expect {|
val l2 : int option lazy_t = <lazy>
|}]
Lazy.force l2;;
[%%expect {|
- : int option = Some (-1)
|}]
l2;;
[%%expect {|
- : int option lazy_t = lazy (Some (-1))
|}]
let l3 = Lazy.from_fun (fun () -> 1.5);;
[%%expect {|
val l3 : float Lazy.t = <lazy>
|}]
Lazy.force l3;;
[%%expect {|
- : float = 1.5
|}]
l3;;
[%%expect {|
- : float Lazy.t = lazy 1.5
|}]
let l4 = lazy "s";;
[%%expect {|
val l4 : string lazy_t = lazy "s"
|}]
let _ = Lazy.force l4;;
[%%expect {|
- : string = "s"
|}]
l4;;
[%%expect {|
- : string lazy_t = lazy "s"
|}]
let l5 = lazy (lazy 1);;
[%%expect {|
val l5 : int lazy_t lazy_t = <lazy>
|}]
let _ = Lazy.force (Lazy.force l5);;
[%%expect {|
- : int = 1
|}]
l5;;
[%%expect {|
- : int lazy_t lazy_t = lazy (lazy 1)
|}]
Uchar.of_int 65;;
[%%expect {|
- : Uchar.t = <abstr>
|}]
Bytes.of_string "abc";;
[%%expect {|
- : bytes = Bytes.of_string "abc"
|}]
Some (Bytes.of_string "abc");;
[%%expect {|
- : bytes option = Some (Bytes.of_string "abc")
|}]
[Bytes.of_string "a"];;
[%%expect {|
- : bytes list = [Bytes.of_string "a"]
|}]
(Bytes.of_string "a", 1);;
[%%expect {|
- : bytes * int = (Bytes.of_string "a", 1)
|}]
Bytes.make 3 'x';;
[%%expect {|
- : bytes = Bytes.of_string "xxx"
|}]
Bytes.create 0;;
[%%expect {|
- : bytes = Bytes.of_string ""
|}]
Hashtbl.create 3;;
[%%expect {|
- : ('_weak4, '_weak5) Hashtbl.t = <abstr>
|}]
(Hashtbl.create 3 : (int, string) Hashtbl.t);;
[%%expect {|
- : (int, string) Hashtbl.t = <abstr>
|}]
Buffer.create 16;;
[%%expect {|
- : Buffer.t = <abstr>
|}]
Stack.create ();;
[%%expect {|
- : '_weak6 Stack.t = <abstr>
|}]
Queue.create ();;
[%%expect {|
- : '_weak7 Queue.t = <abstr>
|}]
Seq.empty;;
[%%expect {|
- : 'a Seq.t = <fun>
|}]
(fun () -> Seq.Nil : int Seq.t);;
[%%expect {|
- : int Seq.t = <fun>
|}]
Seq.Nil;;
[%%expect {|
- : 'a Seq.node = Seq.Nil
|}]
Seq.Cons (1, Seq.empty);;
[%%expect {|
- : int Seq.node = Seq.Cons (1, <fun>)
|}]
List.to_seq [1;2];;
[%%expect {|
- : int Seq.t = <fun>
|}]
String.to_seq "ab";;
[%%expect {|
- : char Seq.t = <fun>
|}]
Fun.id;;
[%%expect {|
- : 'a -> 'a = <fun>
|}]
Option.map;;
[%%expect {|
- : ('a -> 'b) -> 'a option -> 'b option = <fun>
|}]
Option.some 3;;
[%%expect {|
- : int option = Some 3
|}]
Result.ok 3;;
[%%expect {|
- : (int, 'a) result = Ok 3
|}]
Sys.word_size;;
[%%expect {|
- : int = 64
|}]
Sys.int_size;;
[%%expect {|
- : int = 63
|}]
Not_found;;
[%%expect {|
- : exn = Not_found
|}]
Failure "x";;
[%%expect {|
- : exn = Failure "x"
|}]
Invalid_argument "index";;
[%%expect {|
- : exn = Invalid_argument "index"
|}]
End_of_file;;
[%%expect {|
- : exn = End_of_file
|}]
Exit;;
[%%expect {|
- : exn = Stdlib.Exit
|}]
Division_by_zero;;
[%%expect {|
- : exn = Division_by_zero
|}]
Stack_overflow;;
[%%expect {|
- : exn = Stack_overflow
|}]
Out_of_memory;;
[%%expect {|
- : exn = Out_of_memory
|}]
Sys_error "foo";;
[%%expect {|
- : exn = Sys_error "foo"
|}]
Match_failure ("f", 1, 2);;
[%%expect {|
- : exn = Match_failure ("f", 1, 2)
|}]
Assert_failure ("f", 1, 2);;
[%%expect {|
- : exn = Assert_failure ("f", 1, 2)
|}]
Undefined_recursive_module ("f", 1, 2);;
[%%expect {|
- : exn = Undefined_recursive_module ("f", 1, 2)
|}]
[Not_found; Failure "a"];;
[%%expect {|
- : exn list = [Not_found; Failure "a"]
|}]
Some Not_found;;
[%%expect {|
- : exn option = Some Not_found
|}]
(Not_found, 1);;
[%%expect {|
- : exn * int = (Not_found, 1)
|}]
Sys.Break;;
[%%expect {|
- : exn = Stdlib.Sys.Break
|}]
Queue.Empty;;
[%%expect {|
- : exn = Stdlib.Queue.Empty
|}]
Stack.Empty;;
[%%expect {|
- : exn = Stdlib.Stack.Empty
|}]
Lazy.Undefined;;
[%%expect {|
- : exn = CamlinternalLazy.Undefined
|}]
Stdlib.Exit;;
[%%expect {|
- : exn = Stdlib.Exit
|}]
__LINE__;;
[%%expect {|
- : int = 1
|}]
__FILE__;;
[%%expect {|
- : string = "//toplevel//"
|}]
__MODULE__;;
[%%expect {|
- : string = "//toplevel//"
|}]
__POS__;;
[%%expect {|
- : string * int * int * int = ("//toplevel//", 1, 0, 7)
|}]
__LOC__;;
[%%expect {|
- : string = "File \"//toplevel//\", line 1, characters 0-7"
|}]
__FUNCTION__;;
[%%expect {|
- : string = "<unknown>"
|}]
