(* Definitions of channels in classes: once for all objects where they come first, for each object behind a parameter. Methods see the channels as they see
   what `let' binds there. *)

(* Once for all objects. *)
class counter =
  def count(n) & incr() = count(n + 1) & reply to incr
  or count(n) & get() = count(n) & reply n to get in
  let () = spawn count(0) in
  object
    method incr = incr ()
    method get = get ()
  end

(* Of each object. *)
class cell (x : int) =
  let def state y | get! () = state y | reply y to get
  or state _ | put! y = state y | reply to put in
  object
    initializer spawn { state x }
    method get = get ()
    method put y = put y
    method channel = state
  end

class virtual ['a] queue = fun () ->
  let limit = 3 in
  def items(n, l : int * 'a list) & push(x) when n < limit = items(n + 1, x :: l) & reply to push
  or items(n, x :: l) & pop() = items(n - 1, l) & reply x to pop in
  object (self)
    initializer spawn { items(0, []) }
    method push (x : 'a) = push x
    method pop : 'a = pop ()
    method virtual name : string
    method all = (fun () -> let a = self#pop in a, self#name) ()
  end

class strings = object inherit [string] queue () method name = "strings" end

(* A definition that sees the parameter, in a class that is inherited and passed on as a value. *)
class type adder = object method add : int -> unit method sum : int end

class summing first : adder =
  let start = first * 10 in
  def sum(n) & add(k) = sum(n + k) & reply to add
  or sum(n) & total() = sum(n) & reply n to total in
  object
    initializer spawn { sum(start) }
    method add k = add k
    method sum = total ()
  end

class twice first = object (self)
  inherit summing first as super
  method add_twice k = super#add k; self#add k
end

let check name holds = if not holds then print_endline ("wrong: " ^ name)

let () =
  let a = new counter and b = new counter in
  a#incr;
  b#incr;
  check "one counter for all" (a#get = 2);
  let c = new cell 1 and d = new cell 2 in
  c#put 5;
  check "a cell for each" (c#get = 5 && d#get = 2);
  let q = new strings in
  q#push "x";
  q#push "y";
  check "guards and patterns" (q#all = ("y", "strings") && q#pop = "x");
  let s = new twice 1 and t : adder = new summing 2 in
  s#add_twice 4;
  t#add 1;
  check "inherited" (s#sum = 18 && t#sum = 21);
  let threads = List.init 10 (fun i -> Thread.create (fun () -> s#add i) ()) in
  List.iter Thread.join threads;
  check "threads" (s#sum = 63);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
