(* Copies: {< >}, Oo.copy, identity, comparison, and what copies share. *)

class point x y =
  object (self : 'self)
    val x = x
    val y = y
    method x = x
    method y = y
    method move dx dy : 'self = {< x = x + dx; y = y + dy >}
    method mirror : 'self = {< x = y; y = x >}
    method same : 'self = {< >}
    method show = Printf.sprintf "(%d,%d)" self#x self#y
  end

class coloured x y colour =
  object
    inherit point x y as super
    val colour : string = colour
    method paint colour = {< colour >}
    method! show = colour ^ super#show
  end

(* Mutable state: a copy starts with the present values and goes its own way; what they point to is shared. *)
class account =
  object
    val mutable balance = 0
    val history = Buffer.create 16
    method deposit n =
      balance <- balance + n;
      Buffer.add_string history (Printf.sprintf "+%d" n)
    method balance = balance
    method history = Buffer.contents history
    method fork = {< history = Buffer.create 16 >}
  end

(* An initializer does not run for copies. *)
let created = ref 0

class tracked =
  object
    initializer incr created
    method clone = {< >}
  end

(* A stack whose operations give new stacks. *)
class ['a] stack =
  object
    val items : 'a list = []
    method push x = {< items = x :: items >}
    method pop = match items with [] -> None | x :: rest -> Some (x, {< items = rest >})
    method map_top f = match items with [] -> {< >} | x :: rest -> {< items = f x :: rest >}
    method size = List.length items
  end

let rec drain s = match s#pop with None -> [] | Some (x, rest) -> x :: drain rest

let () =
  let p = new point 1 2 in
  let q = p#move 10 10 in
  Printf.printf "%s %s %s\n" p#show q#show q#mirror#show;
  let c = (new coloured 0 5 "red")#move 1 1 in
  print_endline (c#paint "blue")#mirror#show;
  print_endline c#show;
  (* Objects are equal to themselves only. *)
  let r = p#same in
  Printf.printf "%b %b %b %b\n" (p = p) (p = r) (p == p) (r#x = p#x);
  Printf.printf "%b %b\n" (compare p r = 0) (compare p p = 0);
  let copy = Oo.copy p in
  Printf.printf "%s %b %b\n" copy#show (copy == p) (Oo.id copy = Oo.id p);
  let a = new account in
  a#deposit 5;
  let b = Oo.copy a and f = a#fork in
  b#deposit 20;
  f#deposit 300;
  a#deposit 1;
  Printf.printf "%d %d %d\n" a#balance b#balance f#balance;
  Printf.printf "%s | %s | %s\n" a#history b#history f#history;
  let t = new tracked in
  ignore (t#clone, Oo.copy t, new tracked);
  Printf.printf "%d created\n" !created;
  let s = ((new stack)#push 1)#push 2 in
  let s' = (s#push 3)#map_top (( * ) 7) in
  Printf.printf "%d %d %s\n" s#size s'#size (String.concat " " (List.map string_of_int (drain s')))

(* stdout {expected|
(1,2) (11,12) (12,11)
blue(6,1)
red(1,6)
true false true true
false true
(1,2) false false
6 25 305
+5+20+1 | +5+20+1 | +300
2 created
2 3 21 2 1
|expected} *)
