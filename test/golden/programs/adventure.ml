(* A text adventure played by a script: rooms, things, creatures and the player are objects. *)

exception Game_over of string

type direction = North | South | East | West

let directions = [ ("north", North); ("south", South); ("east", East); ("west", West) ]
let opposite = function North -> South | South -> North | East -> West | West -> East
let direction_name d = fst (List.find (fun (_, d') -> d = d') directions)

let say fmt = Printf.printf (fmt ^^ "\n")

class virtual named (name : string) =
  object (self)
    method name = name
    method virtual describe : string
    method article = match name.[0] with 'a' | 'e' | 'i' | 'o' | 'u' -> "an" | _ -> "a"
    method full = self#article ^ " " ^ self#name
  end

class virtual holder =
  object (self)
    val mutable things : thing list = []
    method things = things
    method has name = List.exists (fun t -> t#name = name) things
    method find name = List.find_opt (fun t -> t#name = name) things
    method put (t : thing) = things <- things @ [ t ]

    method take name =
      match self#find name with
      | None -> None
      | Some t ->
          things <- List.filter (fun u -> u != t) things;
          Some t

    method weight = List.fold_left (fun sum t -> sum + t#weight) 0 things
  end

and thing ?(weight = 1) name description =
  object (self)
    inherit named name
    val mutable uses = 0
    method weight : int = weight
    method describe : string = description
    method portable = true
    method use (_ : player) : unit = uses <- uses + 1; say "Nothing happens to the %s." self#name
    method uses = uses
  end

and room name description =
  object (self)
    inherit named name
    inherit holder as contents
    val exits : (direction, room) Hashtbl.t = Hashtbl.create 4
    val mutable creatures : creature list = []
    val mutable visited = false
    method describe = description

    method connect d (other : room) =
      Hashtbl.replace exits d other;
      other#connect_back (opposite d) (self :> room)

    method connect_back d (other : room) = Hashtbl.replace exits d other
    method exit d = Hashtbl.find_opt exits d
    method exits = List.filter (fun (_, d) -> Hashtbl.mem exits d) directions |> List.map fst
    method creatures = creatures
    method enter (c : creature) = creatures <- c :: creatures
    method leave (c : creature) = creatures <- List.filter (fun d -> d != c) creatures
    method weight = contents#weight + 1000
    method dark = false

    method look (p : player) =
      say "-- %s --" (String.uppercase_ascii self#name);
      if self#dark && not (p#has "lamp") then say "It is too dark to see anything."
      else begin
        if not visited then say "%s" self#describe;
        visited <- true;
        List.iter (fun t -> say "There is %s here." t#full) self#things;
        List.iter (fun c -> if c#alive && c#name <> "you" then say "%s is here." (String.capitalize_ascii c#full)) self#creatures;
        say "Exits: %s." (String.concat ", " self#exits)
      end
  end

and virtual creature name (place : room) =
  object (self)
    inherit named name
    val mutable health = 10
    val mutable place = place
    method place = place
    method alive = health > 0
    method health = health
    method virtual act : player -> unit

    method hurt n =
      health <- max 0 (health - n);
      if not self#alive then self#die

    method die = say "%s falls." (String.capitalize_ascii self#name)

    method go (r : room) =
      place#leave (self :> creature);
      place <- r;
      r#enter (self :> creature)

    initializer place#enter (self :> creature)
  end

and player (start : room) =
  object (self)
    inherit creature "you" start as super
    inherit holder
    val mutable score = 0
    method full = "you"
    method describe = "A traveller of no renown."
    method score = score
    method reward n = score <- score + n
    method act _ = ()
    method die = super#die; raise (Game_over "You have died.")

    method go r =
      super#go r;
      r#look (self :> player)
  end

class dark_room name description =
  object
    inherit room name description
    method dark = true
  end

class fixed_thing name description =
  object
    inherit thing ~weight:500 name description
    method portable = false
  end

class food name energy =
  object (self)
    inherit thing name "It smells good." as super

    method use p =
      super#use p;
      if self#uses = 1 then begin
        p#hurt (-energy);
        say "You eat %s and feel better (%d)." self#full p#health
      end
      else say "There is nothing left of it."
  end

class sword =
  object (self)
    inherit thing ~weight:5 "sword" "An old sword."

    method use p =
      match List.filter (fun c -> c#alive && c#name <> "you") p#place#creatures with
      | [] -> say "You swing the %s at the air." self#name
      | c :: _ ->
          say "You strike the %s." c#name;
          c#hurt 6;
          if not c#alive then p#reward 50
  end

class troll place =
  object
    inherit creature "troll" place
    val mutable anger = 0
    method describe = "It is green and has been waiting for you."

    method act p =
      anger <- anger + 1;
      if anger > 1 then begin
        say "The troll hits you.";
        p#hurt anger
      end
      else say "The troll growls."
  end

class cat place =
  object (self)
    inherit creature "cat" place
    val mutable route = [ North; South; East ]
    method describe = "A grey cat."

    method act _ =
      match route with
      | [] -> ()
      | d :: rest -> (
          route <- rest @ [ d ];
          match place#exit d with
          | Some r ->
              say "The cat walks %s." (direction_name d);
              self#go r
          | None -> say "The cat sleeps.")

    method! hurt _ = say "The cat is too quick for you."
  end

let build () =
  let hall = new room "hall" "A long hall with a cold hearth." in
  let kitchen = new room "kitchen" "Copper pans hang from the ceiling." in
  let cellar = (new dark_room "cellar" "A low vault full of barrels." :> room) in
  let garden = new room "garden" "An overgrown garden under the moon." in
  hall#connect North kitchen;
  hall#connect East garden;
  kitchen#connect West cellar;
  kitchen#put (new food "apple" 5 :> thing);
  kitchen#put (new thing "lamp" "A brass lamp that is lit.");
  hall#put (new fixed_thing "hearth" "Nobody has lit it for years." :> thing);
  cellar#put (new thing ~weight:20 "gold" "A heap of gold.");
  garden#put (new sword :> thing);
  let creatures = [ (new troll cellar :> creature); (new cat hall :> creature) ] in
  (hall, creatures)

let obey (p : player) words =
  match words with
  | [ "look" ] -> p#place#look p
  | [ "go"; d ] -> (
      match List.assoc_opt d directions with
      | None -> say "I know no direction %s." d
      | Some d -> ( match p#place#exit d with Some r -> p#go r | None -> say "There is no way %s." (direction_name d)))
  | [ "take"; name ] -> (
      match p#place#find name with
      | Some t when not t#portable -> say "The %s does not move." t#name
      | Some t when p#weight + t#weight > 25 -> say "The %s is too heavy with all that you carry." t#name
      | Some t ->
          ignore (p#place#take name);
          p#put t;
          p#reward t#weight;
          say "Taken: %s." t#name
      | None -> say "There is no %s here." name)
  | [ "drop"; name ] -> (
      match p#take name with
      | Some t ->
          p#place#put t;
          say "Dropped: %s." t#name
      | None -> say "You have no %s." name)
  | [ "use"; name ] -> ( match p#find name with Some t -> t#use p | None -> say "You have no %s." name)
  | [ "examine"; name ] -> (
      let described = List.map (fun t -> (t :> named)) (p#things @ p#place#things) @ List.map (fun c -> (c :> named)) p#place#creatures in
      match List.find_opt (fun n -> n#name = name) described with
      | Some n -> say "%s" n#describe
      | None -> say "What %s?" name)
  | [ "inventory" ] ->
      say "You carry: %s (weight %d, score %d)."
        (match p#things with [] -> "nothing" | l -> String.concat ", " (List.map (fun t -> t#full) l))
        p#weight p#score
  | _ -> say "I do not understand \"%s\"." (String.concat " " words)

let script =
  "look; examine hearth; take hearth; go north; take apple; take lamp; inventory; use apple; use apple; go west; look;\
   examine troll; go east; go south; go up; go east; take sword; dance wildly; go west; go north; go west; use sword; use sword;\
   take gold; drop apple; inventory; take gold; drop lamp; look; take lamp; use lamp; go north; inventory"

let () =
  let start, creatures = build () in
  let p = new player start in
  (try
     List.iter
       (fun command ->
         let words = List.filter (fun w -> w <> "") (String.split_on_char ' ' command) in
         say "> %s" (String.concat " " words);
         obey p words;
         List.iter (fun c -> if c#alive && c#place == p#place then c#act p) creatures)
       (String.split_on_char ';' script)
   with Game_over message -> say "%s" message);
  say "Final score: %d, health %d." p#score p#health

(* stdout {expected|
> look
-- HALL --
A long hall with a cold hearth.
There is a hearth here.
A cat is here.
Exits: north, east.
The cat walks north.
> examine hearth
Nobody has lit it for years.
> take hearth
The hearth does not move.
> go north
-- KITCHEN --
Copper pans hang from the ceiling.
There is an apple here.
There is a lamp here.
A cat is here.
Exits: south, west.
The cat walks south.
> take apple
Taken: apple.
> take lamp
Taken: lamp.
> inventory
You carry: an apple, a lamp (weight 2, score 2).
> use apple
Nothing happens to the apple.
You eat an apple and feel better (15).
> use apple
Nothing happens to the apple.
There is nothing left of it.
> go west
-- CELLAR --
A low vault full of barrels.
There is a gold here.
A troll is here.
Exits: east.
The troll growls.
> look
-- CELLAR --
There is a gold here.
A troll is here.
Exits: east.
The troll hits you.
> examine troll
It is green and has been waiting for you.
The troll hits you.
> go east
-- KITCHEN --
Exits: south, west.
> go south
-- HALL --
There is a hearth here.
A cat is here.
Exits: north, east.
The cat walks east.
> go up
I know no direction up.
> go east
-- GARDEN --
An overgrown garden under the moon.
There is a sword here.
A cat is here.
Exits: west.
The cat sleeps.
> take sword
Taken: sword.
The cat sleeps.
> dance wildly
I do not understand "dance wildly".
The cat sleeps.
> go west
-- HALL --
There is a hearth here.
Exits: north, east.
> go north
-- KITCHEN --
Exits: south, west.
> go west
-- CELLAR --
There is a gold here.
A troll is here.
Exits: east.
The troll hits you.
> use sword
You strike the troll.
The troll hits you.
> use sword
You strike the troll.
Troll falls.
> take gold
The gold is too heavy with all that you carry.
> drop apple
Dropped: apple.
> inventory
You carry: a lamp, a sword (weight 6, score 57).
> take gold
The gold is too heavy with all that you carry.
> drop lamp
Dropped: lamp.
> look
-- CELLAR --
It is too dark to see anything.
> take lamp
Taken: lamp.
> use lamp
Nothing happens to the lamp.
> go north
There is no way north.
> inventory
You carry: a sword, a lamp (weight 6, score 58).
Final score: 58, health 1.
|expected} *)
