(* Old blocks that are made to point to young ones, in every way there is; minor collections in between. *)

type node = { mutable value : string; mutable left : node option; mutable right : node option }

class cell =
  object
    val mutable contents = ""
    method set s = contents <- s
    method get = contents
  end

let text i = "t" ^ string_of_int i
let array = Array.make 1000 ""
let matrix = Array.make_matrix 20 20 ""
let reference = ref ""
let node = { value = ""; left = None; right = None }
let table : (int, string) Hashtbl.t = Hashtbl.create 16
let queue = Queue.create ()
let stack = Stack.create ()
let buffer = Buffer.create 16
let atomic = Atomic.make ""
let closures = Array.make 10 (fun () -> "")
let floats = Array.make 10 0.
let cell = new cell
let lazies = Array.init 100 (fun i -> lazy (text i))
let nested = ref (ref (ref ""))

let step i =
  array.(i mod 1000) <- text i;
  matrix.(i mod 20).(i / 20 mod 20) <- text i;
  reference := text i;
  node.value <- text i;
  node.left <- Some { value = text i; left = node.left; right = None };
  if i mod 10 = 0 then node.left <- None;
  Hashtbl.replace table (i mod 300) (text i);
  Queue.add (text i) queue;
  if Queue.length queue > 50 then ignore (Queue.pop queue);
  Stack.push (text i) stack;
  if Stack.length stack > 40 then ignore (Stack.pop stack);
  Buffer.add_string buffer (text i);
  if Buffer.length buffer > 10_000 then Buffer.reset buffer;
  Atomic.set atomic (text i);
  let s = text i in
  closures.(i mod 10) <- (fun () -> s);
  floats.(i mod 10) <- float i;
  cell#set (text i);
  ignore (Lazy.force lazies.(i mod 100));
  !(!nested) := text i;
  if i mod 7 = 0 then !nested := ref (text i);
  if i mod 13 = 0 then nested := ref (ref (text i));
  if i mod 50 = 0 then Array.blit array 0 array (i mod 500) 400;
  if i mod 70 = 0 then Array.fill array (i mod 900) 100 (text i);
  if i mod 90 = 0 then Array.sort compare array

let () =
  Gc.full_major ();
  for i = 1 to 20_000 do
    step i;
    if i mod 97 = 0 then Gc.minor ();
    if i mod 5_003 = 0 then Gc.full_major ()
  done;
  let digest l = Digest.to_hex (Digest.string (String.concat "," l)) in
  let rec path n = n.value :: (match n.left with None -> [] | Some l -> path l) in
  List.iter print_endline
    [
      digest (Array.to_list array);
      digest (List.concat_map Array.to_list (Array.to_list matrix));
      !reference;
      digest (path node);
      digest (List.sort compare (Hashtbl.fold (fun _ v l -> v :: l) table []));
      digest (List.of_seq (Queue.to_seq queue));
      digest (List.of_seq (Stack.to_seq stack));
      digest [ Buffer.contents buffer ];
      Atomic.get atomic;
      String.concat " " (Array.to_list (Array.map (fun f -> f ()) closures));
      string_of_float (Array.fold_left ( +. ) 0. floats);
      cell#get;
      digest (Array.to_list (Array.map Lazy.force lazies));
      !(!(!nested));
    ]

(* stdout {expected|
97b7299e6188d1b795cf69d308b879ef
3009e879283a371822806037fc4e2c42
t20000
c65329b98b8a00d795bbcbb7d93a7ee0
490f27040fe35439fbe3bea8fac9575f
bd8fa5f7bbc83b579b3406cf67360f79
2e3bd72361d0c154e5a0287f43d11856
5d3d62b4401e3fcdca34f7233835438f
t20000
t20000 t19991 t19992 t19993 t19994 t19995 t19996 t19997 t19998 t19999
199955.
t20000
bd94e279344bac19c921a49e29750024
t20000
|expected} *)
