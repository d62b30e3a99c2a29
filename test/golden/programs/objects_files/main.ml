(* Classes of another file, seen through its interface. *)

class striped side =
  object (self)
    inherit Shape.square side as super
    val number = "own"
    method pen = "="
    method label = "not the hidden one"
    method! describe = super#describe ^ " " ^ number ^ self#pen ^ self#label
    method! draw = super#draw ^ self#pen
  end

let draw_all (l : Shape.drawable list) = List.iter (fun d -> print_endline d#draw) l

let () =
  let s = new Shape.square 2. and t = new striped 3. in
  draw_all [ (s :> Shape.drawable); (t :> Shape.drawable); (Shape.unit_square :> Shape.drawable) ];
  List.iter
    (fun (b : Shape.base) -> print_endline b#describe)
    [ (s :> Shape.base); (t :> Shape.base); (t#scale 10. :> Shape.base) ];
  Printf.printf "%d\n" (Shape.made ())

class virtual cube edge =
  object
    inherit Shape.base "cube"
    method area = 6. *. edge *. edge
    method virtual volume : float
  end

let () =
  let c = object inherit cube 2. method volume = 8. end in
  Printf.printf "%s %s %g\n" c#name c#describe c#volume

(* stdout {expected|
[-]
[-]=
[-]
square#2: 4
square#3: 9 own=not the hidden one
square#3: 900 own=not the hidden one
3
cube cube#4: 24 8
|expected} *)
