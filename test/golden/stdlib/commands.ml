(* Arg: every kind of option, usage and error texts, dynamic lists, expansion, alignment, files. *)

let p = Printf.printf
let flag = ref false
let text = ref "none"
let number = ref 0
let real = ref 0.

let specs =
  [ ("-unit", Arg.Unit (fun () -> p "unit "), " A unit");
    ("-bool", Arg.Bool (p "bool %b "), "<bool> A boolean");
    ("-set", Arg.Set flag, "\tSets the flag");
    ("-clear", Arg.Clear flag, " Clears the flag");
    ("-string", Arg.String (p "string %S "), "<text> A text");
    ("-set-string", Arg.Set_string text, "<text>  Sets the text");
    ("-int", Arg.Int (p "int %d "), "<n>\tA number");
    ("-set-int", Arg.Set_int number, "<n> Sets the number");
    ("-float", Arg.Float (p "float %g "), "<x> A float");
    ("-set-float", Arg.Set_float real, "");
    ("-pair", Arg.Tuple [ Arg.Int (p "first %d "); Arg.String (p "second %s ") ], "<n> <text> Two arguments");
    ("-symbol", Arg.Symbol ([ "one"; "two" ], p "symbol %s "), " One of some");
    ("-nothing", Arg.Symbol ([], p "symbol %s "), " One of none");
    ("-fail", Arg.Unit (fun () -> raise (Arg.Bad "failed as asked")), "Fails");
    ("-expand", Arg.Expand (fun s -> [| s; s; "-unit" |]), "<text> Expands");
    ("--", Arg.Rest (p "rest %s "), " Takes the rest");
    ("-all", Arg.Rest_all (fun l -> p "all %s " (String.concat "," l)), " Takes all the rest");
    ("-", Arg.Unit (fun () -> p "dash "), "") ]

let anonymous s = if s = "bad" then raise (Arg.Bad "bad word") else p "anonymous %S " s

let attempt parse =
  (try parse () with
  | Arg.Bad s -> p "Bad\n%s" s
  | Arg.Help s -> p "Help\n%s" s
  | e -> p "%s" (Printexc.to_string e));
  p "\n"

let run words =
  p "> %s\n" (String.concat " " words);
  let current = ref 0 in
  let words = Array.of_list ("program" :: words) in
  attempt (fun () -> Arg.parse_argv ~current words specs anonymous "usage: program [options]");
  p "at %d: %b %S %d %g\n" !current !flag !text !number !real

let brief = [ ("-a", Arg.Unit ignore, "Short"); ("-help", Arg.Unit (fun () -> p "own help "), "Own help") ]

let () =
  List.iter run
    [ []; [ "-unit"; "-bool"; "true"; "-set"; "word"; "-string"; "-dash" ]; [ "-clear"; "-set-string"; "x"; "-int"; "0x10" ];
      [ "-set-int"; "-5"; "-float"; "1e3"; "-set-float"; "2.5"; "-pair"; "1"; "two" ]; [ "-symbol"; "one"; "--"; "-unit"; "x" ];
      [ "-all"; "a"; "-b" ]; [ "-all" ]; [ "--" ]; [ "-" ]; [ "-int=5"; "-string=a=b"; "-string="; "-set-string=y" ]; [ "-unit=1" ];
      [ "-set=" ]; [ "-bool"; "maybe" ]; [ "-int"; "x" ]; [ "-int=x" ]; [ "-float"; "x" ]; [ "-symbol"; "three" ]; [ "-symbol=two" ];
      [ "-nothing"; "x" ]; [ "-int" ]; [ "-pair"; "1" ]; [ "-unknown" ]; [ "-unknown=3" ]; [ "-fail" ]; [ "bad" ]; [ "-expand"; "x" ];
      [ "-help" ]; [ "-unit"; "--help"; "-unit" ]; [ "-pair=1"; "2" ]; [ "-symbol" ]; [ "--=x" ]; [ "=x"; "" ] ];
  p "%s" (Arg.usage_string specs "text");
  p "%s" (Arg.usage_string (Arg.align specs) "aligned");
  p "%s" (Arg.usage_string (Arg.align ~limit:12 specs) "aligned to a limit");
  p "%s" (Arg.usage_string brief "brief");
  p "%s" (Arg.usage_string (Arg.align brief) "brief");
  attempt (fun () -> Arg.parse_argv ~current:(ref 0) [| "program"; "-help"; "-x" |] brief anonymous "brief");
  attempt (fun () -> Arg.parse_argv ~current:(ref 1) [| "skipped"; "named"; "-x" |] brief anonymous "brief");
  attempt (fun () -> Arg.parse_argv ~current:(ref 5) [| "program" |] brief anonymous "brief");
  let words = ref [| "program"; "-expand"; "x"; "-expand=y"; "z" |] in
  attempt (fun () -> Arg.parse_and_expand_argv_dynamic (ref 0) words (ref specs) anonymous "");
  p "%s\n" (String.concat " " (Array.to_list !words));
  let dynamic = ref [ ("-a", Arg.Unit ignore, " A") ] in
  dynamic := ("-b", Arg.Unit (fun () -> p "b "; dynamic := ("-c", Arg.Unit (fun () -> p "c "), " C") :: !dynamic), " B") :: !dynamic;
  attempt (fun () -> Arg.parse_argv_dynamic ~current:(ref 0) [| "program"; "-b"; "-c"; "-d" |] dynamic anonymous "dynamic");
  p "current %d\n" !Arg.current;
  Arg.parse specs anonymous "";
  Arg.parse_dynamic dynamic anonymous "";
  Arg.parse_expand specs anonymous "";
  p "current %d\n" !Arg.current

let files () =
  let name = "commands.arguments" in
  let show words = p "%s\n" (String.concat "|" (List.map String.escaped (Array.to_list words))) in
  let write s =
    let channel = open_out_bin name in
    output_string channel s;
    close_out channel
  in
  Arg.write_arg name [| "a"; ""; "b c" |];
  show (Arg.read_arg name);
  Arg.write_arg0 name [| "a"; "line\nbreak"; "" |];
  show (Arg.read_arg0 name);
  show (Arg.read_arg name);
  write "a\r\nb\r\r\nlast";
  show (Arg.read_arg name);
  show (Arg.read_arg0 name);
  write "";
  show (Arg.read_arg name);
  Sys.remove name

let () = files ()
let () = Arg.usage [ ("-a", Arg.Unit ignore, "to standard error") ] "usage"
