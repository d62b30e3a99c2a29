(* Binary methods and friends. *)

class virtual comparable =
  object (_ : 'a)
    method virtual leq : 'a -> bool
  end

class money (x : float) =
  object
    inherit comparable
    val repr = x
    method value = repr
    method leq p = repr <= p#value
  end

class money2 x =
  object
    inherit money x
    method times k = {<repr = k *. repr>}
  end

let min (x : #comparable) y = if x#leq y then x else y

let () =
  Printf.printf "%g\n" (min (new money 1.3) (new money 3.1))#value;
  Printf.printf "%g\n" (min (new money2 5.0) (new money2 3.14))#value;
  Printf.printf "%g\n" ((min (new money2 5.0) (new money2 3.14))#times 2.)#value

class ordered_string s =
  object (_ : 'self)
    inherit comparable
    method s : string = s
    method leq (other : 'self) = s <= other#s
    method max (other : 'self) = if s <= other#s then other else ({<>} : 'self)
  end

let rec insert x = function
  | [] -> [ x ]
  | y :: rest as l -> if x#leq y then x :: l else y :: insert x rest

let sort l = List.fold_right insert l []

let () =
  let l = sort (List.map (new ordered_string) [ "pear"; "apple"; "fig"; "kiwi" ]) in
  print_endline (String.concat " " (List.map (fun o -> o#s) l));
  print_endline ((new ordered_string "b")#max (new ordered_string "a"))#s

(* Friends: the representation is visible inside the module only. *)
module type MONEY = sig
  type t

  class c : float -> object ('a)
    val repr : t
    method value : t
    method print : unit
    method times : float -> 'a
    method leq : 'a -> bool
    method plus : 'a -> 'a
  end
end

module Euro : MONEY = struct
  type t = float

  class c x =
    object (_ : 'a)
      val repr = x
      method value = repr
      method print = Printf.printf "%g\n" repr
      method times k = {<repr = k *. x>}
      method leq (p : 'a) = repr <= p#value
      method plus (p : 'a) = {<repr = x +. p#value>}
    end
end

let () =
  let a = new Euro.c 3.5 in
  a#print;
  (a#times 2.)#print;
  (a#plus (new Euro.c 0.25))#print;
  Printf.printf "%b\n" (a#leq (a#times 2.))

(* stdout {expected|
1.3
3.14
6.28
apple fig kiwi pear
b
3.5
7
3.75
true
|expected} *)
