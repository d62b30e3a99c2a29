(* Objects: sends to one class and to many, updates, creation, functional copies, open recursion with super. *)

class counter =
  object
    val mutable total = 0
    val mutable calls = 0
    method bump n =
      total <- (total + n) land 0xFFFFFF;
      calls <- calls + 1
    method total = total
    method calls = calls
  end

let count n =
  let c = new counter in
  for i = 1 to n do
    c#bump i
  done;
  c#total + c#calls

class virtual shape =
  object
    method virtual area : int
    method virtual scale : int -> int
  end

class rectangle w h = object inherit shape method area = w * h method scale k = k * w * h end
class square s = object inherit shape method area = s * s method scale k = k * s * s end
class disc r = object inherit shape method area = 3 * r * r method scale k = 3 * k * r * r end
class triangle b h = object inherit shape method area = b * h / 2 method scale k = k * b * h / 2 end

let make_shape i : shape =
  match i mod 4 with
  | 0 -> new rectangle i (i + 1)
  | 1 -> new square i
  | 2 -> new disc i
  | _ -> new triangle i (i + 3)

let measure rounds =
  let shapes = List.init 1000 make_shape in
  let sum = ref 0 in
  for round = 1 to rounds do
    List.iter (fun s -> sum := (!sum + s#area + s#scale round) land 0xFFFFFF) shapes
  done;
  !sum

class point x y =
  object
    val x = x
    val y = y
    method x = x
    method y = y
    method move dx dy = {<x = x + dx; y = y + dy>}
    method mirror = new point y x
  end

let walk n =
  let p = ref (new point 0 1) in
  for i = 1 to n do
    p := (!p#move 1 (i land 3))#mirror
  done;
  !p#x + !p#y

type expr = Leaf of int | Add of expr * expr | Mul of expr * expr

class evaluator =
  object (self)
    method eval = function Leaf n -> self#leaf n | Add (a, b) -> self#add a b | Mul (a, b) -> self#mul a b
    method leaf n = n
    method add a b = (self#eval a + self#eval b) land 0xFFFF
    method mul a b = (self#eval a * self#eval b + 1) land 0xFFFF
  end

class doubling =
  object
    inherit evaluator as super
    method! leaf n = 2 * super#leaf n
  end

let rec tree depth seed =
  if depth = 0 then Leaf seed
  else
    let a = tree (depth - 1) ((seed * 7) land 255) and b = tree (depth - 1) ((seed + 13) land 255) in
    if (depth + seed) land 1 = 0 then Add (a, b) else Mul (a, b)

let interpret rounds =
  let t = tree 14 5 in
  let e = new doubling in
  let sum = ref 0 in
  for _ = 1 to rounds do
    sum := (!sum + e#eval t) land 0xFFFFFF
  done;
  !sum

let () = Printf.printf "%d %d %d %d\n" (count 20_000_000) (measure 4_000) (walk 3_000_000) (interpret 150)
