(* Self types: fluent interfaces, binary methods, lists of self, and classes that keep them closed or open. *)

class query table =
  object (self : 'self)
    val table : string = table
    val columns : string list = []
    val conditions : string list = []
    val limit : int option = None
    method select c : 'self = {< columns = columns @ [ c ] >}
    method where c : 'self = {< conditions = conditions @ [ c ] >}
    method limit n : 'self = {< limit = Some n >}
    method apply : 'r. ('self -> 'r) -> 'r = fun f -> f self
    method sql =
      let list separator ~empty = function [] -> empty | l -> String.concat separator l in
      Printf.sprintf "select %s from %s%s%s"
        (list ", " ~empty:"*" columns) table
        (list " and " ~empty:"" (match conditions with [] -> [] | c :: rest -> (" where " ^ c) :: rest))
        (match limit with None -> "" | Some n -> Printf.sprintf " limit %d" n)
  end

class ordered_query table =
  object
    inherit query table as super
    val order : string option = None
    method order_by c = {< order = Some c >}
    method! sql = super#sql ^ match order with None -> "" | Some c -> " order by " ^ c
  end

(* Binary methods take an argument of the type of self. *)

class virtual ordered =
  object (self : 'self)
    method virtual leq : 'self -> bool
    method max (other : 'self) : 'self = if self#leq other then other else self
    method between (low : 'self) (high : 'self) = low#leq self && self#leq high
  end

class money (amount : int) =
  object (self : 'self)
    inherit ordered
    val amount = amount
    method amount = amount
    method leq (other : 'self) = amount <= other#amount
    method plus (other : 'self) : 'self = {< amount = amount + other#amount >}
    method times k : 'self = {< amount = k * amount >}
    method sum (l : 'self list) = List.fold_left (fun a b -> a#plus b) self l
  end

(* A subclass with a binary method is no subtype, but functions can be polymorphic in what self may be. *)
class taxed amount rate =
  object
    inherit money amount
    method rate : float = rate
    method net = float_of_int amount *. (1. -. rate)
  end

let largest first rest = List.fold_left (fun a b -> a#max b) first rest

(* A method that returns a list of self, and a linked structure of self. *)
class node (name : string) =
  object (self : 'self)
    val mutable children : 'self list = []
    method name = name
    method add (child : 'self) = children <- children @ [ child ]
    method walk (f : 'self -> unit) : unit =
      f self;
      List.iter (fun c -> c#walk f) children
  end

class sized_node name size =
  object
    inherit node name
    method size : int = size
  end

let () =
  print_endline ((new query "t")#select "a")#sql;
  let q = (((new ordered_query "users")#where "age > 5")#where "ok")#limit 3 in
  print_endline ((q#select "name")#order_by "age")#sql;
  print_endline (q#apply (fun q -> (q#order_by "x")#sql));
  let m n = new money n in
  Printf.printf "%d\n" ((m 5)#max (m 9))#amount;
  Printf.printf "%b %d\n" ((m 5)#between (m 1) (m 5)) (((m 1)#sum [ m 2; m 3 ])#times 10)#amount;
  let t = largest (new taxed 100 0.2) [ new taxed 300 0.5; new taxed 200 0.1 ] in
  Printf.printf "%d %g\n" t#amount t#net;
  let root = new sized_node "root" 1 in
  let child = new sized_node "child" 20 in
  child#add (new sized_node "grandchild" 300);
  root#add child;
  let total = ref 0 in
  root#walk (fun n -> total := !total + n#size; print_string (n#name ^ " "));
  Printf.printf "%d\n" !total

(* stdout {expected|
select a from t
select name from users where age > 5 and ok limit 3 order by age
select * from users where age > 5 and ok limit 3 order by x
9
true 60
300 150
root child grandchild 321
|expected} *)
