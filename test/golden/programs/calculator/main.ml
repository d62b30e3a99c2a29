(* Scanners and parsers made by ocamllex and ocamlyacc from lexer.mll and parser.mly. *)

let describe = function
  | Parsing.Parse_error -> "Parse_error"
  | Lexer.Error message -> "Lexer.Error " ^ message
  | e -> Printexc.to_string e

let run name parse lexbuf =
  Printf.printf "-- %s\n" name;
  match parse Lexer.token lexbuf with
  | n -> Printf.printf "%s lines\n" n
  | exception e ->
      let p = Lexing.lexeme_start_p lexbuf in
      Printf.printf "%s at line %d, %S, %d-%d; at the end: %b\n" (describe e) p.Lexing.pos_lnum (Lexing.lexeme lexbuf)
        (Lexing.lexeme_start lexbuf) (Lexing.lexeme_end lexbuf)
        (Parsing.is_current_lookahead Parser.EOF)

let program lexer lexbuf = string_of_int (Parser.program lexer lexbuf)
let expression lexer lexbuf = string_of_float (Parser.expression_only lexer lexbuf)

let source =
  "1 + 2 * 3\n\
   (1 + 2) * 3\n\
   2 ^ 3 ^ 2 - -4 / 8.5e1\n\
   let x = 6 * 7 (* a (* nested\n\
   comment *) *)\n\
   x * x + x\n\
   \"a text\\twith \\\"escapes\\\"\"\n\
   max(1, x, 3) + sum(1,2,3,4) + sum()\n\
   1 + + 2 3 4\n\
   'a' * 2\r\n\
   ) ( 1\n\
   let = 4\n\
   fail(1)\n\
   <abc> + 1\n"

(* A reader of few bytes at a time, so that tokens lie across refills. *)
let slow_reader s =
  let at = ref 0 in
  fun buffer n ->
    let n = min (min n 3) (String.length s - !at) in
    Bytes.blit_string s !at buffer 0 n;
    at := !at + n;
    n

let deep n = String.concat "" (List.init n (fun _ -> "(") @ [ "1" ] @ List.init n (fun _ -> ")"))

let () =
  run "a string" program (Lexing.from_string "1 + 2\n\n3\n");
  Hashtbl.replace Variables.table "abc" 5.;
  run "from a function" program (Lexing.from_function (slow_reader source));
  run "one expression" expression (Lexing.from_string "1.5 * 4");
  run "no expression" expression (Lexing.from_string "1.5 * * 4");
  run "an end" expression (Lexing.from_string "(1");
  run "an illegal character" program (Lexing.from_string "1 + 2\n$\n");
  run "an unterminated text" program (Lexing.from_string "\"abc");
  run "an unknown name" program (Lexing.from_string "1 + y\n");
  run "standard input" program (Lexing.from_channel stdin);
  let long = String.make 5000 'x' in
  Hashtbl.replace Variables.table long 1.;
  run "a long token" program (Lexing.from_function (slow_reader (long ^ " + " ^ long ^ "\n")));
  let buffer_size = 300 in
  let text = deep buffer_size in
  Printf.printf "\n%b\n" (Parser.expression_only Lexer.token (Lexing.from_string text) = 1.)

let () =
  print_endline "-- other rules";
  List.iter print_string (Lexer.words (Lexing.from_string "a bc def "));
  print_newline ();
  let pair s = try Lexer.pair (Lexing.from_string s) with e -> describe e in
  List.iter (fun s -> Printf.printf "%S: %s\n" s (pair s)) [ "ab-cd"; "ab--cd"; "-x"; "a1"; "1a"; "a"; "" ]

let show_position name (p : Lexing.position) =
  Printf.printf "%s: %S %d %d %d\n" name p.pos_fname p.pos_lnum p.pos_bol p.pos_cnum

let () =
  print_endline "-- positions";
  let lexbuf = Lexing.from_string "abc\n  12 x" in
  Lexing.set_filename lexbuf "file.txt";
  Lexing.set_position lexbuf { pos_fname = "ignored"; pos_lnum = 10; pos_bol = 95; pos_cnum = 100 };
  let next () =
    ignore (Lexer.token lexbuf);
    Printf.printf "%S %C " (Lexing.lexeme lexbuf) (Lexing.lexeme_char lexbuf 0);
    show_position "start" (Lexing.lexeme_start_p lexbuf);
    show_position "end" (Lexing.lexeme_end_p lexbuf)
  in
  next ();
  next ();
  next ();
  Printf.printf "%S %s %C %b\n" (Lexing.sub_lexeme lexbuf 0 3)
    (match Lexing.sub_lexeme_opt lexbuf (-1) 2 with None -> "none" | Some s -> s)
    (Lexing.sub_lexeme_char lexbuf 1)
    (Lexing.sub_lexeme_char_opt lexbuf (-1) = None);
  Lexing.flush_input lexbuf;
  show_position "flushed" lexbuf.Lexing.lex_curr_p;
  Printf.printf "%b\n" (Lexer.token lexbuf = Parser.EOF);
  let lexbuf = Lexing.from_string ~with_positions:false "a\nb" in
  Printf.printf "%b " (Lexing.with_positions lexbuf);
  ignore (Lexer.token lexbuf);
  ignore (Lexer.token lexbuf);
  show_position "untracked" (Lexing.lexeme_end_p lexbuf);
  show_position "dummy" Lexing.dummy_pos

let () =
  flush stdout;
  Printf.printf "-- trace\n%!";
  ignore (Parsing.set_trace true);
  let lexbuf = Lexing.from_string "1 + 2.5\n* let x\n\"t\"\n" in
  Printf.printf "%d\n%!" (Parser.program Lexer.token lexbuf);
  (try ignore (Parser.expression_only Lexer.token (Lexing.from_string "1 2")) with Parsing.Parse_error -> ());
  Printf.printf "%b\n" (Parsing.set_trace false);
  Parsing.clear_parser ();
  print_newline ()

(* stdin {input|
1 + 1
"typed"
|input} *)

(* stdout {expected|
-- a string
[+ 1:0-1:5]= 3
= 3
2 lines
-- from a function
[* 1:4-1:9][+ 1:0-1:9]= 7
[+ 2:1-2:6](10,17)[* 2:0-2:11]= 9
= 512.047
[* 4:8-4:13][* 6:0-6:5][+ 6:0-6:9]= 1806
a text	with "escapes"
[max 8:0-8:12][sum 8:15-8:27][+ 8:0-8:27][sum 8:30-8:35][+ 8:0-8:35]= 52
error in line 9
[* 10:0-10:7]= 194
error in line 11
error in line 12
[fail 13:0-13:7]error in line 13
[+ 14:0-14:9]= 6
13 lines
-- one expression
[* 1:0-1:7]6. lines
-- no expression
Parse_error at line 1, "*", 6-7; at the end: false
-- an end
Parse_error at line 1, "", 2-2; at the end: true
-- an illegal character
[+ 1:0-1:5]= 3
Lexer.Error illegal character '$' at 6 at line 2, "$", 6-7; at the end: false
-- an unterminated text
Lexer.Error unterminated text at line 1, "", 4-4; at the end: false
-- an unknown name
Failure("no variable y") at line 1, "\n", 5-6; at the end: false
-- standard input
[+ 1:0-1:5]= 2
typed
2 lines
-- a long token
[+ 1:0-1:10003]= 2
1 lines
(299,302)(298,303)(297,304)(296,305)(295,306)(294,307)(293,308)(292,309)(291,310)(290,311)(289,312)(288,313)(287,314)(286,315)(285,316)(284,317)(283,318)(282,319)(281,320)(280,321)(279,322)(278,323)(277,324)(276,325)(275,326)(274,327)(273,328)(272,329)(271,330)(270,331)(269,332)(268,333)(267,334)(266,335)(265,336)(264,337)(263,338)(262,339)(261,340)(260,341)(259,342)(258,343)(257,344)(256,345)(255,346)(254,347)(253,348)(252,349)(251,350)(250,351)(249,352)(248,353)(247,354)(246,355)(245,356)(244,357)(243,358)(242,359)(241,360)(240,361)(239,362)(238,363)(237,364)(236,365)(235,366)(234,367)(233,368)(232,369)(231,370)(230,371)(229,372)(228,373)(227,374)(226,375)(225,376)(224,377)(223,378)(222,379)(221,380)(220,381)(219,382)(218,383)(217,384)(216,385)(215,386)(214,387)(213,388)(212,389)(211,390)(210,391)(209,392)(208,393)(207,394)(206,395)(205,396)(204,397)(203,398)(202,399)(201,400)(200,401)(199,402)(198,403)(197,404)(196,405)(195,406)(194,407)(193,408)(192,409)(191,410)(190,411)(189,412)(188,413)(187,414)(186,415)(185,416)(184,417)(183,418)(182,419)(181,420)(180,421)(179,422)(178,423)(177,424)(176,425)(175,426)(174,427)(173,428)(172,429)(171,430)(170,431)(169,432)(168,433)(167,434)(166,435)(165,436)(164,437)(163,438)(162,439)(161,440)(160,441)(159,442)(158,443)(157,444)(156,445)(155,446)(154,447)(153,448)(152,449)(151,450)(150,451)(149,452)(148,453)(147,454)(146,455)(145,456)(144,457)(143,458)(142,459)(141,460)(140,461)(139,462)(138,463)(137,464)(136,465)(135,466)(134,467)(133,468)(132,469)(131,470)(130,471)(129,472)(128,473)(127,474)(126,475)(125,476)(124,477)(123,478)(122,479)(121,480)(120,481)(119,482)(118,483)(117,484)(116,485)(115,486)(114,487)(113,488)(112,489)(111,490)(110,491)(109,492)(108,493)(107,494)(106,495)(105,496)(104,497)(103,498)(102,499)(101,500)(100,501)(99,502)(98,503)(97,504)(96,505)(95,506)(94,507)(93,508)(92,509)(91,510)(90,511)(89,512)(88,513)(87,514)(86,515)(85,516)(84,517)(83,518)(82,519)(81,520)(80,521)(79,522)(78,523)(77,524)(76,525)(75,526)(74,527)(73,528)(72,529)(71,530)(70,531)(69,532)(68,533)(67,534)(66,535)(65,536)(64,537)(63,538)(62,539)(61,540)(60,541)(59,542)(58,543)(57,544)(56,545)(55,546)(54,547)(53,548)(52,549)(51,550)(50,551)(49,552)(48,553)(47,554)(46,555)(45,556)(44,557)(43,558)(42,559)(41,560)(40,561)(39,562)(38,563)(37,564)(36,565)(35,566)(34,567)(33,568)(32,569)(31,570)(30,571)(29,572)(28,573)(27,574)(26,575)(25,576)(24,577)(23,578)(22,579)(21,580)(20,581)(19,582)(18,583)(17,584)(16,585)(15,586)(14,587)(13,588)(12,589)(11,590)(10,591)(9,592)(8,593)(7,594)(6,595)(5,596)(4,597)(3,598)(2,599)(1,600)(0,601)
true
-- other rules
a bc def 
"ab-cd": ab - cd
"ab--cd": ab -- cd
"-x":  - x
"a1": mixed a
"1a": mixed a
"a": Failure("lexing: empty token")
"": Failure("lexing: empty token")
-- positions
"abc" 'a' start: "file.txt" 10 95 100
end: "file.txt" 10 95 103
"\n" '\n' start: "file.txt" 10 95 103
end: "file.txt" 11 104 104
"12" '1' start: "file.txt" 11 104 106
end: "file.txt" 11 104 108
"abc" none 'b' true
flushed: "file.txt" 1 0 0
true
false untracked: "" 0 0 -1
dummy: "" 0 0 -1
-- trace
[+ 1:0-1:7]= 3.5
error in line 2
t
3
true

|expected} *)
(* stderr {expected|
State 0: shift to state 1
State 1: reduce by rule 2
State 5: read token INT(1)
State 5: shift to state 6
State 6: reduce by rule 9
State 19: read token PLUS
State 19: shift to state 23
State 23: read token FLOAT(2.5)
State 23: shift to state 7
State 7: reduce by rule 10
State 36: read token NEWLINE
State 36: reduce by rule 13
State 19: shift to state 32
State 32: reduce by rule 5
State 18: reduce by rule 3
State 5: read token TIMES
Recovering in state 5
State 5: shift to state 13
Discarding last token read
State 13: read token LET
Discarding last token read
State 13: read token NAME(x)
Discarding last token read
State 13: read token NEWLINE
State 13: shift to state 29
State 29: reduce by rule 8
State 18: reduce by rule 3
State 5: read token TEXT(t)
State 5: shift to state 14
State 14: read token NEWLINE
State 14: shift to state 30
State 30: reduce by rule 6
State 18: reduce by rule 3
State 5: read token EOF
State 5: shift to state 17
State 17: reduce by rule 1
State 4: reduce by rule 24
State 0: shift to state 2
State 2: read token INT(1)
State 2: shift to state 6
State 6: reduce by rule 9
State 12: read token INT(2)
Discarding state 12
Discarding state 2
No more states to discard
|expected} *)
