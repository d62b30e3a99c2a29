(* A let at the very beginning of a class is evaluated once, any other for each object. *)
let say s = print_string s; print_string " "
class a = let () = say "a1" in let x = say "a2"; 1 in object method x = x end
let () = say "|"; ignore (new a); ignore (new a); print_newline ()
class b : object method x : int end = let x = say "b"; 2 in object method x = x end
let () = say "|"; ignore (new b); ignore (new b); print_newline ()
class d (n : int) = let x = say "d"; n in object method x = x end
let () = say "|"; ignore (new d 1); ignore (new d 2); print_newline ()
class e = let x = say "e" in object inherit a inherit! b initializer x end
let () = say "|"; ignore (new e); ignore (new e); print_newline ()
class virtual f = let x = say "f" in object method x = x method virtual y : int end
class g = object inherit f method y = 1 end
let () = say "|"; ignore (new g);  print_newline ()
class h = let x = say "h"; ref 0 in fun y -> let z = say "z"; incr x; !x in object method x = x method z = y + z end
let () = say "|"; ignore (new h 1); print_int (new h 2)#z; print_newline ()
class i = let rec f n = if n = 0 then 0 else g (n - 1) and g n = f n in let k = say "i"; f 3 in object method k = k method j = new j end
and j = let l = say "j"; 5 in object method l = l method i = new i end
let () = say "|"; print_int (new i)#j#l; print_newline ()
class k = (let x = say "k" in object method x = x end)
let () = say "|"; ignore (new k); ignore (new k); print_newline ()
class l = object inherit (let x = say "l" in object method x = x end) end
let () = say "|"; ignore (new l); ignore (new l); print_newline ()
class m = let x = say "m"; 1 in d x
let () = say "|"; ignore (new m); ignore (new m); print_newline ()

(* stdout {expected|
a1 a2 | 
| b b 
| d d 
e | b b 
f | 
h | z z 4
i j | 5
k | 
| l l 
m | d d 
|expected} *)
