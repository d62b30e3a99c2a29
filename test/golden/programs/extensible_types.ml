type message = ..
type message += Ping | Text of string
type message += Move of { dx : int; dy : int }

let handlers : (message -> string option) list ref = ref []
let register h = handlers := h :: !handlers
let handle m = match List.find_map (fun h -> h m) !handlers with Some s -> s | None -> "unhandled"

module Extra = struct type message += Quit of int let () = register (function Quit n -> Some ("quit " ^ string_of_int n) | _ -> None) end

let () =
  register (function Ping -> Some "pong" | _ -> None);
  List.iter (fun m -> print_endline (handle m)) [ Ping; Text "hi"; Extra.Quit 3 ];
  register (function Text s -> Some ("text " ^ s) | Move { dx; dy } -> Some (Printf.sprintf "move %d,%d" dx dy) | _ -> None);
  List.iter (fun m -> print_endline (handle m)) [ Text "hi"; Move { dx = 1; dy = -1 }; Ping ];
  Printf.printf "%b %b\n" (Ping = Ping) (Text "a" = Text "a")

(* stdout {expected|
pong
unhandled
quit 3
text hi
move 1,-1
pong
true true
|expected} *)
