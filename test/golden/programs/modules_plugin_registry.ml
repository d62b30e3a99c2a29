(* A command line of plug-ins: a registry of first-class modules, some made by functors. *)

module type COMMAND = sig
  type state
  val name : string
  val help : string
  val init : state
  val run : state -> string list -> (state, string) result
  val render : state -> string
end

module Registry = struct
  (* A running plug-in is a module with a state of its type. *)
  type running = Running : (module COMMAND with type state = 's) * 's -> running

  let table : (string, running) Hashtbl.t = Hashtbl.create 8
  let order = Queue.create ()

  let register (type s) (module C : COMMAND with type state = s) =
    if Hashtbl.mem table C.name then invalid_arg ("already registered: " ^ C.name);
    Hashtbl.add table C.name (Running ((module C), C.init));
    Queue.add C.name order

  let step (Running ((module C), state)) arguments =
    Result.map (fun state -> Running ((module C), state)) (C.run state arguments)

  let dispatch line =
    match String.split_on_char ' ' line with
    | [] | [ "" ] -> Ok ()
    | name :: arguments -> (
      match Hashtbl.find_opt table name with
      | None -> Error ("unknown command " ^ name)
      | Some running -> Result.map (Hashtbl.replace table name) (step running arguments))

  let iter f = Queue.iter (fun name -> f (Hashtbl.find table name)) order
end

module Counter = struct
  type state = int
  let name = "count"
  let help = "count [n]: adds n, or one"
  let init = 0
  let run n = function
    | [] -> Ok (n + 1)
    | [ k ] -> (
      match int_of_string_opt k with Some k -> Ok (n + k) | None -> Error (k ^ " is no number"))
    | _ -> Error "too many arguments"
  let render = string_of_int
end

module History (Options : sig val name : string val limit : int end) = struct
  type state = string list
  let name = Options.name
  let help = Printf.sprintf "%s words: remembers the last %d" name Options.limit
  let init = []
  let rec take n = function x :: rest when n > 0 -> x :: take (n - 1) rest | _ -> []
  let run state words =
    if words = [] then Error "nothing to remember" else Ok (take Options.limit (List.rev_append words state))
  let render state = "<" ^ String.concat " " state ^ ">"
end

(* A wrapper that refuses a command after too many failures. *)
module Limited (C : COMMAND) = struct
  type state = { inner : C.state; calls : int }
  let name = C.name
  let help = C.help ^ " (three times)"
  let init = { inner = C.init; calls = 0 }
  let run { inner; calls } arguments =
    if calls >= 3 then Error (name ^ " is exhausted")
    else Result.map (fun inner -> { inner; calls = calls + 1 }) (C.run inner arguments)
  let render s = Printf.sprintf "%s after %d" (C.render s.inner) s.calls
end

module Short = History (struct let name = "say" let limit = 3 end)

let () =
  Registry.register (module Limited (Counter));
  Registry.register (module Short);
  Registry.register (module History (struct let name = "log" let limit = 100 end));
  (try Registry.register (module Short) with Invalid_argument m -> print_endline m);
  Registry.iter (fun (Running ((module C), _)) -> print_endline C.help);
  let script = [ "count"; "say a b"; "count x"; "count 40"; "say c d"; "log"; "log x"; ""; "count"; "count"; "rm" ] in
  List.iter
    (fun line -> match Registry.dispatch line with Ok () -> () | Error e -> Printf.printf "%s: %s\n" line e)
    script;
  Registry.iter (fun (Running ((module C), state)) -> Printf.printf "%s = %s\n" C.name (C.render state))

(* stdout {expected|
already registered: say
count [n]: adds n, or one (three times)
say words: remembers the last 3
log words: remembers the last 100
count x: x is no number
log: nothing to remember
count: count is exhausted
rm: unknown command rm
count = 42 after 3
say = <d c b>
log = <x>
|expected} *)
