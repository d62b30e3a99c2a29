(* Parameters of classes: patterns, labels, defaults, partial application, class application and renaming. *)

class vector (x, y) =
  object (self)
    method x : float = x
    method y : float = y
    method dot (other : vector) = (x *. other#x) +. (y *. other#y)
    method norm = sqrt (self#dot (self :> vector))
  end

let () = Printf.printf "%g %g\n" (new vector (3., 4.))#norm ((new vector (1., 2.))#dot (new vector (3., 4.)))

type options = { width : int; mutable title : string }

class window { width; title } (depth as d) =
  object
    val area = width * d
    method show = Printf.sprintf "%s %dx%d %d" title width depth area
  end

let () = print_endline (new window { width = 3; title = "t" } 4)#show

(* Labels and defaults; defaults see what comes before them. *)
class box ?(width = 10) ?(height = width / 2) ~name () =
  object
    method show = Printf.sprintf "%s %dx%d" name width height
  end

let () =
  print_endline (new box ~name:"a" ())#show;
  print_endline (new box ~width:4 ~name:"b" ())#show;
  print_endline (new box ~name:"c" ~height:7 ())#show;
  print_endline (new box ?width:(Some 1) ?height:None ~name:"d" ())#show;
  let named = new box ~width:100 in
  print_endline (named ~name:"e" ())#show;
  let sized name ?height () = (new box ~name ?height ())#show in
  print_endline (sized "f" ~height:3 () ^ ", " ^ sized "g" ());
  List.iter (fun o -> print_endline o#show) (List.map (fun name -> new box ~name ()) [ "h"; "i" ])

(* Class application: all arguments, some, out of order. *)
class small_box name = box ~width:2 ~height:1 ~name ()
class wide_box = box ~width:1000
class tall_box ~name = box ?width:None ~name ~height:999
class again = tall_box ~name:"again"

let () =
  print_endline (new small_box "s")#show;
  print_endline (new wide_box ~name:"w" ())#show;
  print_endline (new tall_box ~name:"t" ())#show;
  print_endline (new again ())#show

class framed name =
  object (self)
    inherit box ~name:("<" ^ name ^ ">") ~width:(String.length name) () as inner
    method framed = inner#show ^ " framed " ^ self#show
    method! show = "[" ^ inner#show ^ "]"
  end

let () = print_endline (new framed "abcdef")#framed

(* Functions and lets between parameters. *)
class counter =
  fun start ->
    let step = start + 1 in
    fun ?(name = Printf.sprintf "counter%d" step) times ->
      let rec power n = if n = 0 then 1 else step * power (n - 1) in
      let final = power times and twice = ref 0 in
      object
        val mutable n = start
        initializer twice := 2 * final
        method next =
          n <- n + step;
          n
        method show = Printf.sprintf "%s: %d %d %d" name n final !twice
        method power = power
      end

let () =
  let make = new counter 1 in
  let c = make 3 and d = make ~name:"d" 4 in
  ignore c#next;
  ignore c#next;
  print_endline c#show;
  print_endline d#show;
  Printf.printf "%d\n" (d#power 5)

(* What a class remembers of its parameters, what methods see of them after the variables changed. *)
class history (initial : int) ~(show : int -> string) =
  object
    val mutable current = initial
    val mutable all = [ initial ]
    method set n =
      current <- n;
      all <- n :: all
    method reset = current <- initial
    method show = String.concat "," (List.rev_map show all) ^ " now " ^ show current
  end

let () =
  let h = new history 5 ~show:string_of_int in
  h#set 6;
  h#set 7;
  h#reset;
  print_endline h#show;
  let g = new history ~show:(Printf.sprintf "<%x>") 255 in
  g#set 16;
  print_endline g#show

(* stdout {expected|
5 11
t 3x4 12
a 10x5
b 4x2
c 10x7
d 1x0
e 100x50
f 10x3, g 10x5
h 10x5
i 10x5
s 2x1
w 1000x500
t 10x999
again 10x999
<abcdef> 6x3 framed [<abcdef> 6x3]
counter2: 5 8 16
d: 1 16 32
32
5,6,7 now 5
<ff>,<10> now <10>
|expected} *)
