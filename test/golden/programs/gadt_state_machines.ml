(* Protocols in types: states of a connection, balanced commands, and well-typed traces. *)

type idle = Idle
type connected = Connected
type closed = Closed

type (_, _) action =
  | Connect : string -> (idle, connected) action
  | Send : string -> (connected, connected) action
  | Receive : int -> (connected, connected) action
  | Close : (connected, closed) action
  | Then : ('a, 'b) action * ('b, 'c) action -> ('a, 'c) action
  | Skip : ('a, 'a) action

let ( >> ) a b = Then (a, b)

type _ state = At_idle : idle state | At_connected : { host : string; sent : int } -> connected state | At_closed : string -> closed state

let rec run : type a b. a state -> (a, b) action -> b state =
 fun state action ->
  match (action, state) with
  | Connect host, At_idle ->
    Printf.printf "connect %s\n" host;
    At_connected { host; sent = 0 }
  | Send text, At_connected { host; sent } ->
    Printf.printf "send %S\n" text;
    At_connected { host; sent = sent + String.length text }
  | Receive n, At_connected _ ->
    Printf.printf "receive %d\n" n;
    state
  | Close, At_connected { host; sent } -> At_closed (Printf.sprintf "%s after %d bytes" host sent)
  | Then (a, b), s -> run (run s a) b
  | Skip, s -> s

let rec length : type a b. (a, b) action -> int = function
  | Then (a, b) -> length a + length b
  | Skip -> 0
  | Connect _ | Send _ | Receive _ | Close -> 1

(* The same trace read from text: where it ends is found out while reading. *)
type any_end = Ends : 's state -> any_end

let rec interpret : type s. s state -> string list -> (any_end, string) result =
 fun state words ->
  match (state, words) with
  | _, [] -> Ok (Ends state)
  | At_idle, "connect" :: host :: rest -> interpret (run state (Connect host)) rest
  | At_connected _, "send" :: text :: rest -> interpret (run state (Send text)) rest
  | At_connected _, "close" :: rest -> interpret (run state Close) rest
  | At_closed _, word :: _ -> Error ("closed, but: " ^ word)
  | At_idle, word :: _ -> Error ("not connected, but: " ^ word)
  | At_connected _, word :: _ -> Error ("unknown: " ^ word)

let describe : type s. s state -> string = function
  | At_idle -> "idle"
  | At_connected { host; sent } -> Printf.sprintf "connected to %s, %d sent" host sent
  | At_closed why -> "closed: " ^ why

(* Stacks whose elements' types are known: a calculator that cannot underflow. *)
type _ stack = Nil : unit stack | Cons : 'a * 's stack -> ('a * 's) stack

type (_, _) op =
  | Push : 'a -> ('s, 'a * 's) op
  | Add : (int * (int * 's), int * 's) op
  | Less : (int * (int * 's), bool * 's) op
  | Swap : ('a * ('b * 's), 'b * ('a * 's)) op
  | Select : (bool * ('a * ('a * 's)), 'a * 's) op
  | Seq : ('s, 't) op * ('t, 'u) op -> ('s, 'u) op

let rec exec : type s t. (s, t) op -> s stack -> t stack =
 fun op stack ->
  match (op, stack) with
  | Push x, s -> Cons (x, s)
  | Add, Cons (a, Cons (b, s)) -> Cons (a + b, s)
  | Less, Cons (a, Cons (b, s)) -> Cons (a < b, s)
  | Swap, Cons (a, Cons (b, s)) -> Cons (b, Cons (a, s))
  | Select, Cons (c, Cons (a, Cons (b, s))) -> Cons ((if c then a else b), s)
  | Seq (a, b), s -> exec b (exec a s)

let () =
  let session = Connect "example" >> Send "hello" >> Skip >> Receive 10 >> Send "bye" in
  Printf.printf "%d actions\n" (length session);
  print_endline (describe (run At_idle (session >> Close)));
  List.iter
    (fun line ->
      match interpret At_idle (String.split_on_char ' ' line) with
      | Ok (Ends s) -> print_endline (describe s)
      | Error e -> print_endline e)
    [ "connect a send xyz"; "connect b close"; "send early"; "connect c close send late"; "connect d shout" ];
  let program = Seq (Push "no", Seq (Push "yes", Seq (Push 2, Seq (Push 1, Seq (Less, Select))))) in
  let (Cons (answer, Nil)) = exec program Nil in
  print_endline answer;
  let (Cons (n, Cons (b, Nil))) = exec (Seq (Push 3, Seq (Push true, Seq (Swap, Seq (Push 4, Add))))) Nil in
  Printf.printf "%d %b\n" n b;
  ignore (Idle, Connected, Closed)

(* stdout {expected|
4 actions
connect example
send "hello"
receive 10
send "bye"
closed: example after 8 bytes
connect a
send "xyz"
connected to a, 3 sent
connect b
closed: b after 0 bytes
not connected, but: send
connect c
closed, but: send
connect d
unknown: shout
yes
7 true
|expected} *)
