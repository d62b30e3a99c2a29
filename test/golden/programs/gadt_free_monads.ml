(* A free monad over a GADT of operations, interpreted in several ways. *)

type _ operation =
  | Read : string -> string option operation
  | Write : string * string -> unit operation
  | Log : string -> unit operation
  | Random : int -> int operation

type 'a program = Return : 'a -> 'a program | Bind : 'x operation * ('x -> 'a program) -> 'a program

let return x = Return x
let perform op = Bind (op, return)

let rec bind : 'a 'b. 'a program -> ('a -> 'b program) -> 'b program =
 fun p f -> match p with Return x -> f x | Bind (op, k) -> Bind (op, fun x -> bind (k x) f)

let ( let* ) = bind
let ( let+ ) p f = bind p (fun x -> return (f x))
let read key = perform (Read key)
let write key value = perform (Write (key, value))
let log fmt = Printf.ksprintf (fun s -> perform (Log s)) fmt
let random n = perform (Random n)

let rec iter f = function
  | [] -> return ()
  | x :: rest ->
    let* () = f x in
    iter f rest

(* The program. *)
let increment key =
  let* current = read key in
  let n = match current with None -> 0 | Some s -> int_of_string s in
  let* () = write key (string_of_int (n + 1)) in
  let+ () = log "%s is now %d" key (n + 1) in
  n + 1

let game =
  let* () = iter (fun key -> let+ _ = increment key in ()) [ "a"; "b"; "a" ] in
  let* roll = random 6 in
  let* n = increment (if roll >= 3 then "high" else "low") in
  let+ a = read "a" in
  (roll, n, a)

(* One interpreter runs with a table and prints. *)
let run_table table program =
  let step : type x. x operation -> x = function
    | Read key -> Hashtbl.find_opt table key
    | Write (key, value) -> Hashtbl.replace table key value
    | Log text -> print_endline ("log: " ^ text)
    | Random n -> n - 1
  in
  let rec go : type a. a program -> a = function Return x -> x | Bind (op, k) -> go (k (step op)) in
  go program

(* One is pure: it threads a map and collects what was logged. *)
module M = Map.Make (String)

type world = { store : string M.t; logged : string list; seed : int }

let run_pure world program =
  let step : type x. world -> x operation -> x * world =
   fun w -> function
    | Read key -> (M.find_opt key w.store, w)
    | Write (key, value) -> ((), { w with store = M.add key value w.store })
    | Log text -> ((), { w with logged = text :: w.logged })
    | Random n -> (w.seed mod n, { w with seed = (w.seed * 7) + 1 })
  in
  let rec go : type a. world -> a program -> a * world =
   fun w -> function
    | Return x -> (x, w)
    | Bind (op, k) ->
      let x, w = step w op in
      go w (k x)
  in
  go world program

(* And one only describes what would be done, given answers. *)
let describe program =
  let answer : type x. x operation -> string * x = function
    | Read key -> ("read " ^ key, Some "41")
    | Write (key, value) -> (Printf.sprintf "write %s=%s" key value, ())
    | Log _ -> ("log", ())
    | Random n -> (Printf.sprintf "random %d" n, 0)
  in
  let rec go : type a. a program -> string list = function
    | Return _ -> []
    | Bind (op, k) ->
      let text, x = answer op in
      text :: go (k x)
  in
  go program

let () =
  let table = Hashtbl.create 4 in
  let roll, n, a = run_table table game in
  Printf.printf "%d %d %s\n" roll n (Option.value a ~default:"none");
  let (roll, n, _), world = run_pure { store = M.singleton "low" "9"; logged = []; seed = 8 } game in
  Printf.printf "%d %d\n" roll n;
  M.iter (Printf.printf "%s=%s ") world.store;
  print_newline ();
  List.iter print_endline (List.rev world.logged);
  print_endline (String.concat "; " (describe game))

(* stdout {expected|
log: a is now 1
log: b is now 1
log: a is now 2
log: high is now 1
5 1 2
2 10
a=2 b=1 low=10 
a is now 1
b is now 1
a is now 2
low is now 10
read a; write a=42; log; read b; write b=42; log; read a; write a=42; log; random 6; read low; write low=42; log; read a
|expected} *)
