(* A hierarchy of shapes on a character canvas. *)

class canvas width height =
  object
    val pixels = Array.init height (fun _ -> Bytes.make width '.')
    method set x y c = if x >= 0 && x < width && y >= 0 && y < height then Bytes.set pixels.(y) x c
    method print = Array.iter (fun row -> print_endline (Bytes.to_string row)) pixels
    method count c =
      let n = ref 0 in
      Array.iter (Bytes.iter (fun d -> if c = d then incr n)) pixels;
      !n
  end

class virtual shape x y =
  object (self : 'self)
    val x : int = x
    val y : int = y
    method x = x
    method y = y
    method virtual area : float
    method virtual draw : canvas -> unit
    method virtual name : string
    method move dx dy : 'self = {<x = x + dx; y = y + dy>}
    method show = Printf.sprintf "%s at (%d, %d), area %.2f" self#name self#x self#y self#area
    method larger (area : float) = self#area > area
  end

class rectangle x y width height =
  object (self)
    inherit shape x y
    val width = width
    val height = height
    method name = "rectangle"
    method private sign = '#'
    method area = float_of_int (width * height)
    method draw c =
      for i = x to x + width - 1 do
        for j = y to y + height - 1 do
          if self#inside i j then c#set i j self#sign
        done
      done
    method private inside _ _ = true
    method scale k = {<width = width * k; height = height * k>}
  end

class square x y side =
  object
    inherit rectangle x y side side as super
    method! name = "square"
    method! show = super#show ^ "!"
    method! private sign = '+'
  end

class frame x y w h =
  object
    inherit rectangle x y w h as super
    method! name = "frame"
    method! private inside i j = i = x || j = y || i = x + width - 1 || j = y + height - 1
    method! area = super#area -. float_of_int ((width - 2) * (height - 2))
  end

class disc x y r =
  object
    inherit shape x y
    method name = "disc"
    method area = 3.14159 *. float_of_int (r * r)
    method draw c =
      for i = -r to r do
        for j = -r to r do
          if (i * i) + (j * j) <= r * r then c#set (x + i) (y + j) 'o'
        done
      done
  end

class group (members : shape list) =
  object (self)
    inherit shape 0 0
    val members = members
    method name = "group of " ^ String.concat " and " (List.map (fun m -> m#name) members)
    method area = List.fold_left (fun sum m -> sum +. m#area) 0. members
    method draw c = List.iter (fun m -> m#draw c) members
    method! move dx dy = {<members = List.map (fun m -> m#move dx dy) members>}
    method largest =
      List.fold_left (fun best m -> if m#larger best#area then m else best) (List.hd self#members) members
    method members = members
  end

let () =
  let canvas = new canvas 30 10 in
  let s = new square 1 1 3 in
  let f = new frame 6 2 7 5 in
  let d = new disc 20 5 3 in
  let g = new group [ (s :> shape); (f :> shape); (d :> shape) ] in
  List.iter
    (fun s -> print_endline s#show)
    [ (s :> shape); (f :> shape); (d :> shape); (g :> shape); (s#scale 2 :> shape); ((f#scale 2)#move 1 1 :> shape) ];
  g#draw canvas;
  (g#move 8 3)#draw canvas;
  canvas#print;
  Printf.printf "%d %d %d\n" (canvas#count '#') (canvas#count '+') (canvas#count 'o');
  print_endline g#largest#name;
  print_endline (new group [ (g :> shape); (s :> shape) ])#show

(* stdout {expected|
square at (1, 1), area 9.00!
frame at (6, 2), area 20.00
disc at (20, 5), area 28.27
group of square and frame and disc at (0, 0), area 57.27
square at (1, 1), area 36.00!
frame at (7, 3), area 44.00
..............................
.+++..........................
.+++..#######.......o.........
.+++..#.....#.....ooooo.......
......#..+++#.....ooooo.......
......#..+++#.#######ooo....o.
......###+++#.#...oo#oo...oooo
..............#...oo#oo...oooo
..............#.....#....ooooo
..............#######.....oooo
37 18 40
disc
group of group of square and frame and disc and square at (0, 0), area 66.27
|expected} *)
