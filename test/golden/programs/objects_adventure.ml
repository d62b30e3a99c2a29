(* A small text adventure played from a script. *)

let say fmt = Printf.ksprintf print_endline fmt

class virtual entity name =
  object (self)
    method name : string = name
    method virtual describe : string
    method matches word = String.lowercase_ascii word = self#name
  end

class item ?(weight = 1) name text =
  object
    inherit entity name
    method weight = weight
    method describe = text
    method use (_ : player) = say "You wave the %s about. Nothing happens." name
  end

and player (start : room) =
  object (self)
    val mutable room = start
    val mutable items : item list = []
    val mutable moves = 0
    val mutable alive = true
    method room = room
    method alive = alive
    method score = (10 * List.length items) - moves
    method die why =
      say "%s You are dead." why;
      alive <- false
    method look = say "%s" room#describe
    method load = List.fold_left (fun sum i -> sum + i#weight) 0 items
    method go direction =
      moves <- moves + 1;
      match room#exit direction with
      | None -> say "You cannot go %s." direction
      | Some next ->
          room <- next;
          room#enter (self :> player);
          if alive then self#look
    method take name =
      match room#find name with
      | None -> say "There is no %s here." name
      | Some i when self#load + i#weight > 5 -> say "The %s is too heavy." i#name
      | Some i ->
          room#remove i;
          items <- i :: items;
          say "Taken: %s." i#name
    method drop name =
      match List.find_opt (fun i -> i#matches name) items with
      | None -> say "You have no %s." name
      | Some i ->
          items <- List.filter (fun j -> j != i) items;
          room#add i;
          say "Dropped."
    method has name = List.exists (fun i -> i#matches name) items
    method use name =
      match List.find_opt (fun i -> i#matches name) items with
      | None -> say "You have no %s." name
      | Some i -> i#use (self :> player)
    method inventory =
      say "You carry: %s."
        (match items with [] -> "nothing" | l -> String.concat ", " (List.rev_map (fun i -> i#name) l))
  end

and room name text =
  object (self)
    inherit entity name
    val mutable exits : (string * room) list = []
    val mutable items : item list = []
    val mutable visits = 0
    method connect direction back (other : room) =
      exits <- (direction, other) :: exits;
      other#connect_back back (self :> room)
    method connect_back direction other = exits <- (direction, other) :: exits
    method exit direction = List.assoc_opt direction exits
    method enter (_ : player) = visits <- visits + 1
    method add i = items <- i :: items
    method remove i = items <- List.filter (fun j -> j != i) items
    method find word = List.find_opt (fun i -> i#matches word) items
    method describe =
      let seen = if visits > 1 then "Again: " else "" in
      let things = List.sort compare (List.map (fun i -> i#name) items) in
      let ways = List.sort compare (List.map fst exits) in
      Printf.sprintf "%s%s%s Exits: %s." seen text
        (if things = [] then "" else " You see " ^ String.concat " and " things ^ ".")
        (String.concat ", " ways)
  end

class dark_room name =
  object
    inherit room name "It is pitch dark." as super
    val mutable lit = false
    method light = lit <- true
    method! enter p =
      super#enter p;
      if not (lit || p#has "lamp") then p#die "Something bites you."
    method! describe = if lit then "A cave full of gold." else super#describe
  end

class lamp (cave : dark_room) =
  object
    inherit item "lamp" "a brass lamp"
    val mutable on = false
    method! use p =
      on <- not on;
      say "The lamp is %s." (if on then "lit" else "dark");
      if on && p#room = (cave :> room) then (
        cave#light;
        p#look)
  end

let play commands =
  let hall = new room "hall" "A dusty hall." in
  let garden = new room "garden" "A garden with a well." in
  let cave = new dark_room "cave" in
  hall#connect "north" "south" garden;
  garden#connect "down" "up" (cave :> room);
  hall#add (new lamp cave :> item);
  garden#add (new item ~weight:9 "well" "a stone well");
  garden#add (new item "Rose" "a red rose");
  hall#add (new item "book" "a thin book");
  let player = new player hall in
  player#look;
  let step command =
    if player#alive then (
      say "> %s" command;
      match String.split_on_char ' ' command with
      | [ "go"; d ] -> player#go d
      | [ "take"; x ] -> player#take x
      | [ "drop"; x ] -> player#drop x
      | [ "use"; x ] -> player#use x
      | [ "look" ] -> player#look
      | [ "inventory" ] -> player#inventory
      | _ -> say "What?")
  in
  List.iter step commands;
  say "Score: %d." player#score

let () =
  play
    [ "take lamp"; "take sword"; "go north"; "take well"; "take rose"; "go down"; "use lamp"; "inventory";
      "drop lamp"; "look"; "go up"; "go south"; "dance"; "take book"; "use book"; "inventory" ];
  play [ "go west"; "go north"; "go down"; "look" ]

(* stdout {expected|
A dusty hall. You see book and lamp. Exits: north.
> take lamp
Taken: lamp.
> take sword
There is no sword here.
> go north
A garden with a well. You see Rose and well. Exits: down, south.
> take well
The well is too heavy.
> take rose
There is no rose here.
> go down
It is pitch dark. Exits: up.
> use lamp
The lamp is lit.
A cave full of gold.
> inventory
You carry: lamp.
> drop lamp
Dropped.
> look
A cave full of gold.
> go up
Again: A garden with a well. You see Rose and well. Exits: down, south.
> go south
A dusty hall. You see book. Exits: north.
> dance
What?
> take book
Taken: book.
> use book
You wave the book about. Nothing happens.
> inventory
You carry: book.
Score: 6.
A dusty hall. You see book and lamp. Exits: north.
> go west
You cannot go west.
> go north
A garden with a well. You see Rose and well. Exits: down, south.
> go down
Something bites you. You are dead.
Score: -3.
|expected} *)
