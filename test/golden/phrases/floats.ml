0.;;
[%%expect {|
- : float = 0.
|}]
Some (0.);;
[%%expect {|
- : float option = Some 0.
|}]
[0.];;
[%%expect {|
- : float list = [0.]
|}]
1.;;
[%%expect {|
- : float = 1.
|}]
Some (1.);;
[%%expect {|
- : float option = Some 1.
|}]
[1.];;
[%%expect {|
- : float list = [1.]
|}]
-1.;;
[%%expect {|
- : float = -1.
|}]
Some (-1.);;
[%%expect {|
- : float option = Some (-1.)
|}]
[-1.];;
[%%expect {|
- : float list = [-1.]
|}]
-0.;;
[%%expect {|
- : float = -0.
|}]
Some (-0.);;
[%%expect {|
- : float option = Some (-0.)
|}]
[-0.];;
[%%expect {|
- : float list = [-0.]
|}]
1.5;;
[%%expect {|
- : float = 1.5
|}]
Some (1.5);;
[%%expect {|
- : float option = Some 1.5
|}]
[1.5];;
[%%expect {|
- : float list = [1.5]
|}]
-1.5;;
[%%expect {|
- : float = -1.5
|}]
Some (-1.5);;
[%%expect {|
- : float option = Some (-1.5)
|}]
[-1.5];;
[%%expect {|
- : float list = [-1.5]
|}]
0.1;;
[%%expect {|
- : float = 0.1
|}]
Some (0.1);;
[%%expect {|
- : float option = Some 0.1
|}]
[0.1];;
[%%expect {|
- : float list = [0.1]
|}]
1e10;;
[%%expect {|
- : float = 10000000000.
|}]
Some (1e10);;
[%%expect {|
- : float option = Some 10000000000.
|}]
[1e10];;
[%%expect {|
- : float list = [10000000000.]
|}]
1e15;;
[%%expect {|
- : float = 1e+15
|}]
Some (1e15);;
[%%expect {|
- : float option = Some 1e+15
|}]
[1e15];;
[%%expect {|
- : float list = [1e+15]
|}]
1e16;;
[%%expect {|
- : float = 1e+16
|}]
Some (1e16);;
[%%expect {|
- : float option = Some 1e+16
|}]
[1e16];;
[%%expect {|
- : float list = [1e+16]
|}]
1e17;;
[%%expect {|
- : float = 1e+17
|}]
Some (1e17);;
[%%expect {|
- : float option = Some 1e+17
|}]
[1e17];;
[%%expect {|
- : float list = [1e+17]
|}]
1e18;;
[%%expect {|
- : float = 1e+18
|}]
Some (1e18);;
[%%expect {|
- : float option = Some 1e+18
|}]
[1e18];;
[%%expect {|
- : float list = [1e+18]
|}]
1e19;;
[%%expect {|
- : float = 1e+19
|}]
Some (1e19);;
[%%expect {|
- : float option = Some 1e+19
|}]
[1e19];;
[%%expect {|
- : float list = [1e+19]
|}]
1e20;;
[%%expect {|
- : float = 1e+20
|}]
Some (1e20);;
[%%expect {|
- : float option = Some 1e+20
|}]
[1e20];;
[%%expect {|
- : float list = [1e+20]
|}]
1e21;;
[%%expect {|
- : float = 1e+21
|}]
Some (1e21);;
[%%expect {|
- : float option = Some 1e+21
|}]
[1e21];;
[%%expect {|
- : float list = [1e+21]
|}]
1e22;;
[%%expect {|
- : float = 1e+22
|}]
Some (1e22);;
[%%expect {|
- : float option = Some 1e+22
|}]
[1e22];;
[%%expect {|
- : float list = [1e+22]
|}]
1e23;;
[%%expect {|
- : float = 1e+23
|}]
Some (1e23);;
[%%expect {|
- : float option = Some 1e+23
|}]
[1e23];;
[%%expect {|
- : float list = [1e+23]
|}]
1e100;;
[%%expect {|
- : float = 1e+100
|}]
Some (1e100);;
[%%expect {|
- : float option = Some 1e+100
|}]
[1e100];;
[%%expect {|
- : float list = [1e+100]
|}]
1e-5;;
[%%expect {|
- : float = 1e-05
|}]
Some (1e-5);;
[%%expect {|
- : float option = Some 1e-05
|}]
[1e-5];;
[%%expect {|
- : float list = [1e-05]
|}]
1e-4;;
[%%expect {|
- : float = 0.0001
|}]
Some (1e-4);;
[%%expect {|
- : float option = Some 0.0001
|}]
[1e-4];;
[%%expect {|
- : float list = [0.0001]
|}]
1e-10;;
[%%expect {|
- : float = 1e-10
|}]
Some (1e-10);;
[%%expect {|
- : float option = Some 1e-10
|}]
[1e-10];;
[%%expect {|
- : float list = [1e-10]
|}]
1.5e-10;;
[%%expect {|
- : float = 1.5e-10
|}]
Some (1.5e-10);;
[%%expect {|
- : float option = Some 1.5e-10
|}]
[1.5e-10];;
[%%expect {|
- : float list = [1.5e-10]
|}]
123456789.123456789;;
[%%expect {|
- : float = 123456789.123456791
|}]
Some (123456789.123456789);;
[%%expect {|
- : float option = Some 123456789.123456791
|}]
[123456789.123456789];;
[%%expect {|
- : float list = [123456789.123456791]
|}]
1234567890123456.;;
[%%expect {|
- : float = 1234567890123456.
|}]
Some (1234567890123456.);;
[%%expect {|
- : float option = Some 1234567890123456.
|}]
[1234567890123456.];;
[%%expect {|
- : float list = [1234567890123456.]
|}]
12345678901234567.;;
[%%expect {|
- : float = 12345678901234568.
|}]
Some (12345678901234567.);;
[%%expect {|
- : float option = Some 12345678901234568.
|}]
[12345678901234567.];;
[%%expect {|
- : float list = [12345678901234568.]
|}]
3.14159265358979312;;
[%%expect {|
- : float = 3.14159265358979312
|}]
Some (3.14159265358979312);;
[%%expect {|
- : float option = Some 3.14159265358979312
|}]
[3.14159265358979312];;
[%%expect {|
- : float list = [3.14159265358979312]
|}]
nan;;
[%%expect {|
- : float = nan
|}]
Some (nan);;
[%%expect {|
- : float option = Some nan
|}]
[nan];;
[%%expect {|
- : float list = [nan]
|}]
infinity;;
[%%expect {|
- : float = infinity
|}]
Some (infinity);;
[%%expect {|
- : float option = Some infinity
|}]
[infinity];;
[%%expect {|
- : float list = [infinity]
|}]
neg_infinity;;
[%%expect {|
- : float = neg_infinity
|}]
Some (neg_infinity);;
[%%expect {|
- : float option = Some (neg_infinity)
|}]
[neg_infinity];;
[%%expect {|
- : float list = [neg_infinity]
|}]
max_float;;
[%%expect {|
- : float = 1.79769313486231571e+308
|}]
Some (max_float);;
[%%expect {|
- : float option = Some 1.79769313486231571e+308
|}]
[max_float];;
[%%expect {|
- : float list = [1.79769313486231571e+308]
|}]
min_float;;
[%%expect {|
- : float = 2.22507385850720138e-308
|}]
Some (min_float);;
[%%expect {|
- : float option = Some 2.22507385850720138e-308
|}]
[min_float];;
[%%expect {|
- : float list = [2.22507385850720138e-308]
|}]
epsilon_float;;
[%%expect {|
- : float = 2.22044604925031308e-16
|}]
Some (epsilon_float);;
[%%expect {|
- : float option = Some 2.22044604925031308e-16
|}]
[epsilon_float];;
[%%expect {|
- : float list = [2.22044604925031308e-16]
|}]
0x1p-3;;
[%%expect {|
- : float = 0.125
|}]
Some (0x1p-3);;
[%%expect {|
- : float option = Some 0.125
|}]
[0x1p-3];;
[%%expect {|
- : float list = [0.125]
|}]
0x1.8p1;;
[%%expect {|
- : float = 3.
|}]
Some (0x1.8p1);;
[%%expect {|
- : float option = Some 3.
|}]
[0x1.8p1];;
[%%expect {|
- : float list = [3.]
|}]
1_000.5;;
[%%expect {|
- : float = 1000.5
|}]
Some (1_000.5);;
[%%expect {|
- : float option = Some 1000.5
|}]
[1_000.5];;
[%%expect {|
- : float list = [1000.5]
|}]
1.1e1;;
[%%expect {|
- : float = 11.
|}]
Some (1.1e1);;
[%%expect {|
- : float option = Some 11.
|}]
[1.1e1];;
[%%expect {|
- : float list = [11.]
|}]
99999999999.9;;
[%%expect {|
- : float = 99999999999.9
|}]
Some (99999999999.9);;
[%%expect {|
- : float option = Some 99999999999.9
|}]
[99999999999.9];;
[%%expect {|
- : float list = [99999999999.9]
|}]
999999999999.;;
[%%expect {|
- : float = 999999999999.
|}]
Some (999999999999.);;
[%%expect {|
- : float option = Some 999999999999.
|}]
[999999999999.];;
[%%expect {|
- : float list = [999999999999.]
|}]
9999999999999.;;
[%%expect {|
- : float = 9999999999999.
|}]
Some (9999999999999.);;
[%%expect {|
- : float option = Some 9999999999999.
|}]
[9999999999999.];;
[%%expect {|
- : float list = [9999999999999.]
|}]
0.30000000000000004;;
[%%expect {|
- : float = 0.300000000000000044
|}]
Some (0.30000000000000004);;
[%%expect {|
- : float option = Some 0.300000000000000044
|}]
[0.30000000000000004];;
[%%expect {|
- : float list = [0.300000000000000044]
|}]
2. /. 3.;;
[%%expect {|
- : float = 0.66666666666666663
|}]
Some (2. /. 3.);;
[%%expect {|
- : float option = Some 0.66666666666666663
|}]
[2. /. 3.];;
[%%expect {|
- : float list = [0.66666666666666663]
|}]
1. /. 3.;;
[%%expect {|
- : float = 0.333333333333333315
|}]
Some (1. /. 3.);;
[%%expect {|
- : float option = Some 0.333333333333333315
|}]
[1. /. 3.];;
[%%expect {|
- : float list = [0.333333333333333315]
|}]
sqrt 2.;;
[%%expect {|
- : float = 1.41421356237309515
|}]
Some (sqrt 2.);;
[%%expect {|
- : float option = Some 1.41421356237309515
|}]
[sqrt 2.];;
[%%expect {|
- : float list = [1.41421356237309515]
|}]
exp 1.;;
[%%expect {|
- : float = 2.71828182845904509
|}]
Some (exp 1.);;
[%%expect {|
- : float option = Some 2.71828182845904509
|}]
[exp 1.];;
[%%expect {|
- : float list = [2.71828182845904509]
|}]
atan 1. *. 4.;;
[%%expect {|
- : float = 3.14159265358979312
|}]
Some (atan 1. *. 4.);;
[%%expect {|
- : float option = Some 3.14159265358979312
|}]
[atan 1. *. 4.];;
[%%expect {|
- : float list = [3.14159265358979312]
|}]
1e308 *. 10.;;
[%%expect {|
- : float = infinity
|}]
Some (1e308 *. 10.);;
[%%expect {|
- : float option = Some infinity
|}]
[1e308 *. 10.];;
[%%expect {|
- : float list = [infinity]
|}]
0. /. 0.;;
[%%expect {|
- : float = nan
|}]
Some (0. /. 0.);;
[%%expect {|
- : float option = Some nan
|}]
[0. /. 0.];;
[%%expect {|
- : float list = [nan]
|}]
-1. /. 0.;;
[%%expect {|
- : float = neg_infinity
|}]
Some (-1. /. 0.);;
[%%expect {|
- : float option = Some (neg_infinity)
|}]
[-1. /. 0.];;
[%%expect {|
- : float list = [neg_infinity]
|}]
5e-324;;
[%%expect {|
- : float = 4.94065645841e-324
|}]
Some (5e-324);;
[%%expect {|
- : float option = Some 4.94065645841e-324
|}]
[5e-324];;
[%%expect {|
- : float list = [4.94065645841e-324]
|}]
4.94e-320;;
[%%expect {|
- : float = 4.94016239277e-320
|}]
Some (4.94e-320);;
[%%expect {|
- : float option = Some 4.94016239277e-320
|}]
[4.94e-320];;
[%%expect {|
- : float list = [4.94016239277e-320]
|}]
float_of_int max_int;;
[%%expect {|
- : float = 4.6116860184273879e+18
|}]
Some (float_of_int max_int);;
[%%expect {|
- : float option = Some 4.6116860184273879e+18
|}]
[float_of_int max_int];;
[%%expect {|
- : float list = [4.6116860184273879e+18]
|}]
float_of_int min_int;;
[%%expect {|
- : float = -4.6116860184273879e+18
|}]
Some (float_of_int min_int);;
[%%expect {|
- : float option = Some (-4.6116860184273879e+18)
|}]
[float_of_int min_int];;
[%%expect {|
- : float list = [-4.6116860184273879e+18]
|}]
1e5;;
[%%expect {|
- : float = 100000.
|}]
Some (1e5);;
[%%expect {|
- : float option = Some 100000.
|}]
[1e5];;
[%%expect {|
- : float list = [100000.]
|}]
100000.;;
[%%expect {|
- : float = 100000.
|}]
Some (100000.);;
[%%expect {|
- : float option = Some 100000.
|}]
[100000.];;
[%%expect {|
- : float list = [100000.]
|}]
123456.;;
[%%expect {|
- : float = 123456.
|}]
Some (123456.);;
[%%expect {|
- : float option = Some 123456.
|}]
[123456.];;
[%%expect {|
- : float list = [123456.]
|}]
1234567.;;
[%%expect {|
- : float = 1234567.
|}]
Some (1234567.);;
[%%expect {|
- : float option = Some 1234567.
|}]
[1234567.];;
[%%expect {|
- : float list = [1234567.]
|}]
0.000123;;
[%%expect {|
- : float = 0.000123
|}]
Some (0.000123);;
[%%expect {|
- : float option = Some 0.000123
|}]
[0.000123];;
[%%expect {|
- : float list = [0.000123]
|}]
0.0001234567890123;;
[%%expect {|
- : float = 0.0001234567890123
|}]
Some (0.0001234567890123);;
[%%expect {|
- : float option = Some 0.0001234567890123
|}]
[0.0001234567890123];;
[%%expect {|
- : float list = [0.0001234567890123]
|}]
[|1.5; 1.5|];;
[%%expect {|
- : float array = [|1.5; 1.5|]
|}]
(1.5, 1.5);;
[%%expect {|
- : float * float = (1.5, 1.5)
|}]
ref (1.5);;
[%%expect {|
- : float ref = {contents = 1.5}
|}]
Ok (1.5);;
[%%expect {|
- : (float, 'a) result = Ok 1.5
|}]
`A (1.5);;
[%%expect {|
- : [> `A of float ] = `A 1.5
|}]
lazy (1.5);;
[%%expect {|
- : float lazy_t = lazy 1.5
|}]
[|-2.5; -2.5|];;
[%%expect {|
- : float array = [|-2.5; -2.5|]
|}]
(-2.5, -2.5);;
[%%expect {|
- : float * float = (-2.5, -2.5)
|}]
ref (-2.5);;
[%%expect {|
- : float ref = {contents = -2.5}
|}]
Ok (-2.5);;
[%%expect {|
- : (float, 'a) result = Ok (-2.5)
|}]
`A (-2.5);;
[%%expect {|
- : [> `A of float ] = `A (-2.5)
|}]
lazy (-2.5);;
[%%expect {|
- : float lazy_t = lazy (-2.5)
|}]
[|nan; nan|];;
[%%expect {|
- : float array = [|nan; nan|]
|}]
(nan, nan);;
[%%expect {|
- : float * float = (nan, nan)
|}]
ref (nan);;
[%%expect {|
- : float ref = {contents = nan}
|}]
Ok (nan);;
[%%expect {|
- : (float, 'a) result = Ok nan
|}]
`A (nan);;
[%%expect {|
- : [> `A of float ] = `A nan
|}]
lazy (nan);;
[%%expect {|
- : float lazy_t = lazy nan
|}]
[|neg_infinity; neg_infinity|];;
[%%expect {|
- : float array = [|neg_infinity; neg_infinity|]
|}]
(neg_infinity, neg_infinity);;
[%%expect {|
- : float * float = (neg_infinity, neg_infinity)
|}]
ref (neg_infinity);;
[%%expect {|
- : float ref = {contents = neg_infinity}
|}]
Ok (neg_infinity);;
[%%expect {|
- : (float, 'a) result = Ok (neg_infinity)
|}]
`A (neg_infinity);;
[%%expect {|
- : [> `A of float ] = `A (neg_infinity)
|}]
lazy (neg_infinity);;
[%%expect {|
- : float lazy_t = lazy (neg_infinity)
|}]
[|-0.; -0.|];;
[%%expect {|
- : float array = [|-0.; -0.|]
|}]
(-0., -0.);;
[%%expect {|
- : float * float = (-0., -0.)
|}]
ref (-0.);;
[%%expect {|
- : float ref = {contents = -0.}
|}]
Ok (-0.);;
[%%expect {|
- : (float, 'a) result = Ok (-0.)
|}]
`A (-0.);;
[%%expect {|
- : [> `A of float ] = `A (-0.)
|}]
lazy (-0.);;
[%%expect {|
- : float lazy_t = lazy (-0.)
|}]
[||] = [|1.|];;
[%%expect {|
- : bool = false
|}]
Array.make 3 0.;;
[%%expect {|
- : float array = [|0.; 0.; 0.|]
|}]
Array.init 5 float_of_int;;
[%%expect {|
- : float array = [|0.; 1.; 2.; 3.; 4.|]
|}]
Array.make_matrix 2 2 1.5;;
[%%expect {|
- : float array array = [|[|1.5; 1.5|]; [|1.5; 1.5|]|]
|}]
type p = { x : float; y : float };;
[%%expect {|
type p = { x : float; y : float; }
|}]
{ x = 1.; y = -2. };;
[%%expect {|
- : p = {x = 1.; y = -2.}
|}]
[{ x = 1.; y = 2. }; { x = nan; y = infinity }];;
[%%expect {|
- : p list = [{x = 1.; y = 2.}; {x = nan; y = infinity}]
|}]
type q = { mutable f : float };;
[%%expect {|
type q = { mutable f : float; }
|}]
let q = { f = 1.5 };;
[%%expect {|
val q : q = {f = 1.5}
|}]
q.f <- -3.;;
[%%expect {|
- : unit = ()
|}]
q;;
[%%expect {|
- : q = {f = -3.}
|}]
type m = { i : int; g : float };;
[%%expect {|
type m = { i : int; g : float; }
|}]
{ i = -1; g = -1. };;
[%%expect {|
- : m = {i = -1; g = -1.}
|}]
type u = U of float [@@unboxed];;
[%%expect {|
type u = U of float [@@unboxed]
|}]
U 1.5;;
[%%expect {|
- : u = U 1.5
|}]
U (-1.5);;
[%%expect {|
- : u = U (-1.5)
|}]
[U 0.];;
[%%expect {|
- : u list = [U 0.]
|}]
type v = { only : float } [@@unboxed];;
[%%expect {|
type v = { only : float; } [@@unboxed]
|}]
{ only = 2. };;
[%%expect {|
- : v = {only = 2.}
|}]
type w = W of { a : float; b : float };;
[%%expect {|
type w = W of { a : float; b : float; }
|}]
W { a = 1.; b = -1. };;
[%%expect {|
- : w = W {a = 1.; b = -1.}
|}]
Float.pi;;
[%%expect {|
- : float = 3.14159265358979312
|}]
Float.nan;;
[%%expect {|
- : float = nan
|}]
Float.infinity;;
[%%expect {|
- : float = infinity
|}]
Float.Array.create 0;;
[%%expect {|
- : Float.Array.t = <abstr>
|}]
Float.Array.of_list [1.; 2.];;
[%%expect {|
- : Float.Array.t = <abstr>
|}]
classify_float 1.;;
[%%expect {|
- : fpclass = FP_normal
|}]
classify_float nan;;
[%%expect {|
- : fpclass = FP_nan
|}]
[FP_normal; FP_zero];;
[%%expect {|
- : fpclass list = [FP_normal; FP_zero]
|}]
modf 1.5;;
[%%expect {|
- : float * float = (0.5, 1.)
|}]
frexp 8.;;
[%%expect {|
- : float * int = (0.5, 4)
|}]
ldexp 1. 10;;
[%%expect {|
- : float = 1024.
|}]
truncate 1.9;;
[%%expect {|
- : int = 1
|}]
1.0 = 1.;;
[%%expect {|
- : bool = true
|}]
compare nan nan;;
[%%expect {|
- : int = 0
|}]
int_of_float 3.7;;
[%%expect {|
- : int = 3
|}]
float 3;;
[%%expect {|
- : float = 3.
|}]
string_of_float 1.;;
[%%expect {|
- : string = "1."
|}]
1. +. 2.;;
[%%expect {|
- : float = 3.
|}]
1 +. 2.;;
[%%expect {|
Line 1, characters 0-1:
1 | 1 +. 2.;;
    ^
Error: This expression has type int but an expression was expected of type
         float
  Hint: Did you mean `1.'?
|}]
1. + 2;;
[%%expect {|
Line 1, characters 0-2:
1 | 1. + 2;;
    ^^
Error: This expression has type float but an expression was expected of type
         int
|}]
