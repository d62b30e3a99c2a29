(* Arg: every kind of specification, errors with usage, rest arguments, aligned help, subcommands. *)

let verbose = ref false
let level = ref 1
let ratio = ref 0.5
let name = ref "none"
let files = ref []
let log = Buffer.create 64
let note fmt = Printf.ksprintf (fun s -> Buffer.add_string log (s ^ ";")) fmt

let specs =
  [ ("-v", Arg.Set verbose, " be verbose"); ("-q", Arg.Clear verbose, " be quiet"); ("-l", Arg.Set_int level, "N level of detail");
    ("--ratio", Arg.Set_float ratio, "R a ratio"); ("-n", Arg.Set_string name, "NAME a name"); ("-u", Arg.Unit (fun () -> note "unit"), " a unit");
    ("-b", Arg.Bool (note "bool %b"), "BOOL a bool"); ("-i", Arg.Int (note "int %d"), "N an int"); ("-s", Arg.String (note "string %s"), "S a string");
    ("-c", Arg.Symbol ([ "red"; "green" ], note "colour %s"), " a colour");
    ("-p", Arg.Tuple [ Arg.Int (note "first %d"); Arg.String (note "second %s") ], "N S a pair");
    ("--", Arg.Rest (note "rest %s"), " the rest") ]

let run arguments =
  verbose := false; level := 1; ratio := 0.5; name := "none"; files := [];
  Buffer.clear log;
  match Arg.parse_argv ~current:(ref 0) (Array.of_list ("prog" :: arguments)) specs (fun f -> files := f :: !files) "usage: prog [options] files" with
  | () -> Printf.printf "%b %d %g %s [%s] %s\n" !verbose !level !ratio !name (String.concat "," (List.rev !files)) (Buffer.contents log)
  | exception Arg.Bad m -> Printf.printf "Bad: %s" (List.hd (String.split_on_char '\n' m) ^ "\n")
  | exception Arg.Help m -> print_string m

let () =
  run [];
  run [ "-v"; "a.ml"; "-l"; "3"; "b.ml"; "--ratio"; "0.25"; "-n"; "x y" ];
  run [ "-u"; "-b"; "true"; "-i"; "-5"; "-s"; "text"; "-c"; "green"; "-p"; "1"; "two" ];
  run [ "-v"; "--"; "-l"; "not an option" ];
  run [ "--unknown" ];
  run [ "-l" ];
  run [ "-l"; "many" ];
  run [ "-b"; "maybe" ];
  run [ "-c"; "blue" ];
  run [ "--ratio"; "x" ];
  run [ "-help" ];
  print_string (Arg.usage_string (Arg.align [ ("-short", Arg.Unit ignore, " one"); ("--longer-option", Arg.Int ignore, "N two") ]) "aligned");
  (* Specifications may change while parsing: subcommands. *)
  let options = ref [ ("-g", Arg.Unit (fun () -> print_endline "global"), "") ] in
  let anonymous = function
    | "commit" -> options := [ ("-m", Arg.String (Printf.printf "message %s\n"), "") ]
    | other -> Printf.printf "argument %s\n" other
  in
  Arg.parse_argv_dynamic ~current:(ref 0) [| "git"; "-g"; "commit"; "-m"; "text"; "file" |] options anonymous ""

(* stdout {expected|
false 1 0.5 none [] 
true 3 0.25 x y [a.ml,b.ml] 
false 1 0.5 none [] unit;bool true;int -5;string text;colour green;first 1;second two;
true 1 0.5 none [] rest -l;rest not an option;
Bad: prog: unknown option '--unknown'.
Bad: prog: option '-l' needs an argument.
Bad: prog: wrong argument 'many'; option '-l' expects an integer.
Bad: prog: wrong argument 'maybe'; option '-b' expects a boolean.
Bad: prog: wrong argument 'blue'; option '-c' expects one of: red green.
Bad: prog: wrong argument 'x'; option '--ratio' expects a float.
usage: prog [options] files
  -v  be verbose
  -q  be quiet
  -l N level of detail
  --ratio R a ratio
  -n NAME a name
  -u  a unit
  -b BOOL a bool
  -i N an int
  -s S a string
  -c {red|green} a colour
  -p N S a pair
  --  the rest
  -help  Display this list of options
  --help  Display this list of options
aligned
  -short            one
  --longer-option N two
  -help             Display this list of options
  --help            Display this list of options
global
message text
argument file
|expected} *)
