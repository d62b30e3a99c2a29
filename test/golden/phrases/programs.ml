let id x = x;;
[%%expect {|
val id : 'a -> 'a = <fun>
|}]
let const x _ = x;;
[%%expect {|
val const : 'a -> 'b -> 'a = <fun>
|}]
let flip f x y = f y x;;
[%%expect {|
val flip : ('a -> 'b -> 'c) -> 'b -> 'a -> 'c = <fun>
|}]
let ( |>> ) x f = f x;;
[%%expect {|
val ( |>> ) : 'a -> ('a -> 'b) -> 'b = <fun>
|}]
let pair x y = (x, y);;
[%%expect {|
val pair : 'a -> 'b -> 'a * 'b = <fun>
|}]
let curry f x y = f (x, y);;
[%%expect {|
val curry : ('a * 'b -> 'c) -> 'a -> 'b -> 'c = <fun>
|}]
let uncurry f (x, y) = f x y;;
[%%expect {|
val uncurry : ('a -> 'b -> 'c) -> 'a * 'b -> 'c = <fun>
|}]
let rec fix f x = f (fix f) x;;
[%%expect {|
val fix : (('a -> 'b) -> 'a -> 'b) -> 'a -> 'b = <fun>
|}]
fix (fun self n -> if n = 0 then 1 else n * self (n - 1)) 5;;
[%%expect {|
- : int = 120
|}]
let fold f init l = List.fold_left f init l;;
[%%expect {|
val fold : ('a -> 'b -> 'a) -> 'a -> 'b list -> 'a = <fun>
|}]
let rec foldr f acc = function [] -> acc | x :: xs -> f x (foldr f acc xs);;
[%%expect {|
val foldr : ('a -> 'b -> 'b) -> 'b -> 'a list -> 'b = <fun>
|}]
let filter p l = List.filter p l;;
[%%expect {|
val filter : ('a -> bool) -> 'a list -> 'a list = <fun>
|}]
let zip = List.combine;;
[%%expect {|
val zip : 'a list -> 'b list -> ('a * 'b) list = <fun>
|}]
let rec zip3 a b c = match a, b, c with x :: xs, y :: ys, z :: zs -> (x, y, z) :: zip3 xs ys zs | _ -> [];;
[%%expect {|
val zip3 : 'a list -> 'b list -> 'c list -> ('a * 'b * 'c) list = <fun>
|}]
zip3 [1] ['a'] ["s"];;
[%%expect {|
- : (int * char * string) list = [(1, 'a', "s")]
|}]
type 'a stream = Nil | Cons of 'a * 'a stream Lazy.t;;
[%%expect {|
type 'a stream = Nil | Cons of 'a * 'a stream Lazy.t
|}]
let rec nats n = Cons (n, lazy (nats (n + 1)));;
[%%expect {|
val nats : int -> int stream = <fun>
|}]
nats 0;;
[%%expect {|
- : int stream = Cons (0, <lazy>)
|}]
let rec take n s = if n = 0 then [] else match s with Nil -> [] | Cons (x, t) -> x :: take (n - 1) (Lazy.force t);;
[%%expect {|
val take : int -> 'a stream -> 'a list = <fun>
|}]
take 5 (nats 0);;
[%%expect {|
- : int list = [0; 1; 2; 3; 4]
|}]
let s = nats 10;;
[%%expect {|
val s : int stream = Cons (10, <lazy>)
|}]
take 2 s;;
[%%expect {|
- : int list = [10; 11]
|}]
s;;
[%%expect {|
- : int stream = Cons (10, lazy (Cons (11, lazy (Cons (12, <lazy>)))))
|}]
type ('a, 'b) either = L of 'a | R of 'b;;
[%%expect {|
type ('a, 'b) either = L of 'a | R of 'b
|}]
let swap = function L a -> R a | R b -> L b;;
[%%expect {|
val swap : ('a, 'b) either -> ('b, 'a) either = <fun>
|}]
swap (L 1);;
[%%expect {|
- : ('a, int) either = R 1
|}]
[L 1; R "a"];;
[%%expect {|
- : (int, string) either list = [L 1; R "a"]
|}]
type 'a rose = Rose of 'a * 'a rose list;;
[%%expect {|
type 'a rose = Rose of 'a * 'a rose list
|}]
let rec size (Rose (_, l)) = 1 + List.fold_left (fun a t -> a + size t) 0 l;;
[%%expect {|
val size : 'a rose -> int = <fun>
|}]
size (Rose (1, [Rose (2, []); Rose (3, [])]));;
[%%expect {|
- : int = 3
|}]
type poly = { poly : 'a. 'a list -> int };;
[%%expect {|
type poly = { poly : 'a. 'a list -> int; }
|}]
let p = { poly = List.length };;
[%%expect {|
val p : poly = {poly = <fun>}
|}]
p.poly [1], p.poly ["a"];;
[%%expect {|
- : int * int = (1, 1)
|}]
{ poly = (fun l -> List.fold_left (+) 0 l) };;
[%%expect {|
Line 1, characters 9-42:
1 | { poly = (fun l -> List.fold_left (+) 0 l) };;
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
Error: This field value has type int list -> int which is less general than
         'a. 'a list -> int
|}]
type 'a nested = Flat of 'a | Nest of 'a list nested;;
[%%expect {|
type 'a nested = Flat of 'a | Nest of 'a list nested
|}]
let rec depth : 'a. 'a nested -> int = function Flat _ -> 0 | Nest n -> 1 + depth n;;
[%%expect {|
val depth : 'a nested -> int = <fun>
|}]
depth (Nest (Nest (Flat [[1]])));;
[%%expect {|
- : int = 2
|}]
Nest (Nest (Flat [[1]]));;
[%%expect {|
- : int nested = Nest (Nest (Flat [[1]]))
|}]
let rec bad = function Flat _ -> 0 | Nest n -> 1 + bad n;;
[%%expect {|
Line 1, characters 55-56:
1 | let rec bad = function Flat _ -> 0 | Nest n -> 1 + bad n;;
                                                           ^
Error: This expression has type 'a list nested
       but an expression was expected of type 'a nested
       The type variable 'a occurs inside 'a list
|}]
let weak = ref (fun x -> x);;
[%%expect {|
val weak : ('_weak1 -> '_weak1) ref = {contents = <fun>}
|}]
weak := succ;;
[%%expect {|
- : unit = ()
|}]
weak;;
[%%expect {|
- : (int -> int) ref = {contents = <fun>}
|}]
let f = List.map (fun x -> x);;
[%%expect {|
val f : '_weak2 list -> '_weak2 list = <fun>
|}]
f [1];;
[%%expect {|
- : int list = [1]
|}]
f;;
[%%expect {|
- : int list -> int list = <fun>
|}]
let tbl = Hashtbl.create 1;;
[%%expect {|
val tbl : ('_weak3, '_weak4) Hashtbl.t = <abstr>
|}]
let add k v = Hashtbl.add tbl k v;;
[%%expect {|
val add : '_weak5 -> '_weak6 -> unit = <fun>
|}]
add "a" 1;;
[%%expect {|
- : unit = ()
|}]
tbl;;
[%%expect {|
- : (string, int) Hashtbl.t = <abstr>
|}]
let mk () = ref [];;
[%%expect {|
val mk : unit -> 'a list ref = <fun>
|}]
mk ();;
[%%expect {|
- : '_weak7 list ref = {contents = []}
|}]
let a = mk () and b = mk ();;
[%%expect {|
val a : '_weak8 list ref = {contents = []}
val b : '_weak9 list ref = {contents = []}
|}]
a := [1];;
[%%expect {|
- : unit = ()
|}]
b := ["x"];;
[%%expect {|
- : unit = ()
|}]
(a, b);;
[%%expect {|
- : int list ref * string list ref = ({contents = [1]}, {contents = ["x"]})
|}]
let nil = [];;
[%%expect {|
val nil : 'a list = []
|}]
let pairs = ([], []);;
[%%expect {|
val pairs : 'a list * 'b list = ([], [])
|}]
let fs = [fun x -> x];;
[%%expect {|
val fs : ('a -> 'a) list = [<fun>]
|}]
let opt = None;;
[%%expect {|
val opt : 'a option = None
|}]
let arr = [||];;
[%%expect {|
val arr : 'a array = [||]
|}]
let lz = lazy [];;
[%%expect {|
val lz : 'a list lazy_t = lazy []
|}]
let x = let y = ref [] in y;;
[%%expect {|
val x : '_weak10 list ref = {contents = []}
|}]
let f x = let y = ref x in !y;;
[%%expect {|
val f : 'a -> 'a = <fun>
|}]
let f : 'a -> 'a = fun x -> x + 1;;
[%%expect {|
val f : int -> int = <fun>
|}]
let f (x : 'a) : 'b = x;;
[%%expect {|
val f : 'b -> 'b = <fun>
|}]
let f (type t) (x : t) (y : t) = (x, y);;
[%%expect {|
val f : 't -> 't -> 't * 't = <fun>
|}]
let f : type a b. a -> b -> a * b = fun x y -> (x, y);;
[%%expect {|
val f : 'a -> 'b -> 'a * 'b = <fun>
|}]
let rec map2 f a b = match a, b with [], [] -> [] | x :: xs, y :: ys -> f x y :: map2 f xs ys | _ -> invalid_arg "map2";;
[%%expect {|
val map2 : ('a -> 'b -> 'c) -> 'a list -> 'b list -> 'c list = <fun>
|}]
map2 (+) [1; 2] [3; 4];;
[%%expect {|
- : int list = [4; 6]
|}]
map2 (+) [1] [];;
[%%expect {|
Exception: Invalid_argument "map2".
|}]
let compose = fun f g x -> g (f x);;
[%%expect {|
val compose : ('a -> 'b) -> ('b -> 'c) -> 'a -> 'c = <fun>
|}]
compose string_of_int String.length 12345;;
[%%expect {|
- : int = 5
|}]
let apply_n n f = let rec go n x = if n = 0 then x else go (n - 1) (f x) in go n;;
[%%expect {|
val apply_n : int -> ('a -> 'a) -> 'a -> 'a = <fun>
|}]
apply_n 10 (fun x -> x * 2) 1;;
[%%expect {|
- : int = 1024
|}]
let memo f = let t = Hashtbl.create 10 in fun x -> match Hashtbl.find_opt t x with Some v -> v | None -> let v = f x in Hashtbl.add t x v; v;;
[%%expect {|
val memo : ('a -> 'b) -> 'a -> 'b = <fun>
|}]
let m = memo (fun x -> x + 1);;
[%%expect {|
val m : int -> int = <fun>
|}]
m 1, m 1;;
[%%expect {|
- : int * int = (2, 2)
|}]
m;;
[%%expect {|
- : int -> int = <fun>
|}]
let counter = let n = ref 0 in fun () -> incr n; !n;;
[%%expect {|
val counter : unit -> int = <fun>
|}]
counter (), counter ();;
[%%expect {|
- : int * int = (2, 1)
|}]
let rec collatz n = if n = 1 then [1] else n :: collatz (if n mod 2 = 0 then n / 2 else 3 * n + 1);;
[%%expect {|
val collatz : int -> int list = <fun>
|}]
collatz 27;;
[%%expect {|
- : int list =
[27; 82; 41; 124; 62; 31; 94; 47; 142; 71; 214; 107; 322; 161; 484; 242; 121;
 364; 182; 91; 274; 137; 412; 206; 103; 310; 155; 466; 233; 700; 350; 175;
 526; 263; 790; 395; 1186; 593; 1780; 890; 445; 1336; 668; 334; 167; 502;
 251; 754; 377; 1132; 566; 283; 850; 425; 1276; 638; 319; 958; 479; 1438;
 719; 2158; 1079; 3238; 1619; 4858; 2429; 7288; 3644; 1822; 911; 2734; 1367;
 4102; 2051; 6154; 3077; 9232; 4616; 2308; 1154; 577; 1732; 866; 433; 1300;
 650; 325; 976; 488; 244; 122; 61; 184; 92; 46; 23; 70; 35; 106; 53; 160; 80;
 40; 20; 10; 5; 16; 8; 4; 2; 1]
|}]
let primes n = let rec sieve = function [] -> [] | p :: xs -> p :: sieve (List.filter (fun x -> x mod p <> 0) xs) in sieve (List.init (n - 1) (fun i -> i + 2));;
[%%expect {|
val primes : int -> int list = <fun>
|}]
primes 100;;
[%%expect {|
- : int list =
[2; 3; 5; 7; 11; 13; 17; 19; 23; 29; 31; 37; 41; 43; 47; 53; 59; 61; 67; 71;
 73; 79; 83; 89; 97]
|}]
let rec hanoi n a b c = if n = 0 then [] else hanoi (n - 1) a c b @ [(a, c)] @ hanoi (n - 1) b a c;;
[%%expect {|
val hanoi : int -> 'a -> 'a -> 'a -> ('a * 'a) list = <fun>
|}]
hanoi 3 "a" "b" "c";;
[%%expect {|
- : (string * string) list =
[("a", "c"); ("a", "b"); ("c", "b"); ("a", "c"); ("b", "a"); ("b", "c");
 ("a", "c")]
|}]
let rec pow b = function 0 -> 1 | n -> b * pow b (n - 1);;
[%%expect {|
val pow : int -> int -> int = <fun>
|}]
pow 2 62;;
[%%expect {|
- : int = -4611686018427387904
|}]
pow 2 61;;
[%%expect {|
- : int = 2305843009213693952
|}]
pow 3 30;;
[%%expect {|
- : int = 205891132094649
|}]
max_int + 1;;
[%%expect {|
- : int = -4611686018427387904
|}]
min_int - 1;;
[%%expect {|
- : int = 4611686018427387903
|}]
1 lsl 62;;
[%%expect {|
- : int = -4611686018427387904
|}]
1 lsl 63;;
[%%expect {|
- : int = 0
|}]
-1 lsr 1;;
[%%expect {|
- : int = 4611686018427387903
|}]
-1 asr 1;;
[%%expect {|
- : int = -1
|}]
5 land 3, 5 lor 3, 5 lxor 3, lnot 5;;
[%%expect {|
- : int * int * int * int = (1, 7, 6, -6)
|}]
-7 / 2, -7 mod 2;;
[%%expect {|
- : int * int = (-3, -1)
|}]
abs min_int;;
[%%expect {|
- : int = -4611686018427387904
|}]
Int32.add Int32.max_int 1l;;
[%%expect {|
- : int32 = -2147483648l
|}]
Int64.mul Int64.max_int 2L;;
[%%expect {|
- : int64 = -2L
|}]
Int64.of_int (-1);;
[%%expect {|
- : int64 = -1L
|}]
Int32.of_int max_int;;
[%%expect {|
- : int32 = -1l
|}]
Int64.to_string 5L;;
[%%expect {|
- : string = "5"
|}]
Nativeint.add 1n 2n;;
[%%expect {|
- : nativeint = 3n
|}]
List.sort compare [3; 1; 2];;
[%%expect {|
- : int list = [1; 2; 3]
|}]
List.rev [1; 2; 3];;
[%%expect {|
- : int list = [3; 2; 1]
|}]
List.concat [[1]; [2; 3]];;
[%%expect {|
- : int list = [1; 2; 3]
|}]
List.map (fun x -> (x, x * x)) [1; 2; 3];;
[%%expect {|
- : (int * int) list = [(1, 1); (2, 4); (3, 9)]
|}]
List.filter (fun x -> x > 1) [1; 2; 3];;
[%%expect {|
- : int list = [2; 3]
|}]
List.partition (fun x -> x > 1) [1; 2; 3];;
[%%expect {|
- : int list * int list = ([2; 3], [1])
|}]
List.split [(1, 'a'); (2, 'b')];;
[%%expect {|
- : int list * char list = ([1; 2], ['a'; 'b'])
|}]
List.combine [1; 2] ['a'; 'b'];;
[%%expect {|
- : (int * char) list = [(1, 'a'); (2, 'b')]
|}]
List.combine [1] [];;
[%%expect {|
Exception: Invalid_argument "List.combine".
|}]
List.assoc_opt 1 [(1, "a")];;
[%%expect {|
- : string option = Some "a"
|}]
List.find_opt (fun x -> x > 5) [1];;
[%%expect {|
- : int option = None
|}]
List.exists (fun x -> x = 1) [1];;
[%%expect {|
- : bool = true
|}]
List.for_all (fun x -> x = 1) [1; 2];;
[%%expect {|
- : bool = false
|}]
List.nth [1; 2; 3] 1;;
[%%expect {|
- : int = 2
|}]
List.init 5 (fun i -> i * i);;
[%%expect {|
- : int list = [0; 1; 4; 9; 16]
|}]
List.fold_right (fun x acc -> x :: acc) [1; 2] [];;
[%%expect {|
- : int list = [1; 2]
|}]
List.iter print_int [1; 2; 3];;
[%%expect {|
123- : unit = ()
|}]
List.mapi (fun i x -> (i, x)) ["a"; "b"];;
[%%expect {|
- : (int * string) list = [(0, "a"); (1, "b")]
|}]
Array.map succ [|1; 2|];;
[%%expect {|
- : int array = [|2; 3|]
|}]
Array.to_list [|1; 2|];;
[%%expect {|
- : int list = [1; 2]
|}]
Array.of_list [1; 2];;
[%%expect {|
- : int array = [|1; 2|]
|}]
Array.append [|1|] [|2|];;
[%%expect {|
- : int array = [|1; 2|]
|}]
Array.sub [|1; 2; 3|] 1 2;;
[%%expect {|
- : int array = [|2; 3|]
|}]
Array.sub [|1|] 1 2;;
[%%expect {|
Exception: Invalid_argument "Array.sub".
|}]
Array.fold_left (+) 0 [|1; 2|];;
[%%expect {|
- : int = 3
|}]
let a = [|3; 1; 2|];;
[%%expect {|
val a : int array = [|3; 1; 2|]
|}]
Array.sort compare a;;
[%%expect {|
- : unit = ()
|}]
a;;
[%%expect {|
- : int array = [|1; 2; 3|]
|}]
Option.map succ (Some 1);;
[%%expect {|
- : int option = Some 2
|}]
Option.bind (Some 1) (fun x -> if x > 0 then Some x else None);;
[%%expect {|
- : int option = Some 1
|}]
Option.value None ~default:3;;
[%%expect {|
- : int = 3
|}]
Result.map succ (Ok 1);;
[%%expect {|
- : (int, 'a) result = Ok 2
|}]
Result.error "a";;
[%%expect {|
- : ('a, string) result = Error "a"
|}]
Fun.flip (-) 1 2;;
[%%expect {|
- : int = 1
|}]
Fun.negate (fun x -> x) true;;
[%%expect {|
- : bool = false
|}]
Char.uppercase_ascii 'a';;
[%%expect {|
- : char = 'A'
|}]
String.map Char.uppercase_ascii "abc";;
[%%expect {|
- : string = "ABC"
|}]
String.init 3 (fun i -> Char.chr (97 + i));;
[%%expect {|
- : string = "abc"
|}]
String.iter (fun c -> print_char c) "abc";;
[%%expect {|
abc- : unit = ()
|}]
Hashtbl.hash 1 = Hashtbl.hash 1;;
[%%expect {|
- : bool = true
|}]
let h = Hashtbl.create 3;;
[%%expect {|
val h : ('_weak11, '_weak12) Hashtbl.t = <abstr>
|}]
Hashtbl.replace h 1 "one";;
[%%expect {|
- : unit = ()
|}]
Hashtbl.find_opt h 1;;
[%%expect {|
- : string option = Some "one"
|}]
Hashtbl.length h;;
[%%expect {|
- : int = 1
|}]
Buffer.contents (let b = Buffer.create 1 in Buffer.add_string b "xy"; b);;
[%%expect {|
- : string = "xy"
|}]
let q = Queue.create ();;
[%%expect {|
val q : '_weak13 Queue.t = <abstr>
|}]
Queue.add 1 q; Queue.add 2 q;;
[%%expect {|
- : unit = ()
|}]
Queue.pop q;;
[%%expect {|
- : int = 1
|}]
Stack.create () |> fun s -> Stack.push 1 s; Stack.pop s;;
[%%expect {|
- : int = 1
|}]
Printexc.to_string Not_found;;
[%%expect {|
- : string = "Not_found"
|}]
Printexc.to_string (Failure "x");;
[%%expect {|
- : string = "Failure(\"x\")"
|}]
Sys.ocaml_version = "";;
[%%expect {|
- : bool = false
|}]
Sys.file_exists "/nonexistent";;
[%%expect {|
- : bool = false
|}]
Sys.getenv "NOSUCH_VARIABLE";;
[%%expect {|
Exception: Not_found.
|}]
open_in "/nonexistent";;
[%%expect {|
Exception: Sys_error "/nonexistent: No such file or directory".
|}]
