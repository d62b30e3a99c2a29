(* Fun, Option, Result, Either, Bool, Unit and Char, in full. *)

let show f = function None -> "None" | Some x -> "Some " ^ f x
let int = string_of_int
let result = function Ok n -> "Ok " ^ int n | Error e -> "Error " ^ e
let put = print_endline
let raises f = match f () with () -> put "fine" | exception Invalid_argument m -> put m

let () =
  Printf.printf "%d %s %d %b\n" (Fun.id 5) (Fun.const "k" ()) (Fun.flip ( - ) 1 10) (Fun.negate (( = ) 1) 2);
  put (show int (Option.some 1) ^ show int Option.none);
  Printf.printf "%d %d\n" (Option.value None ~default:7) (Option.get (Some 8));
  raises (fun () -> ignore (Option.get None));
  put (show int (Option.bind (Some 3) (fun n -> if n > 2 then Some (n * 2) else None)) ^ " " ^ show int (Option.join (Some None)));
  put (show int (Option.map succ (Some 1)) ^ " " ^ Option.fold ~none:"none" ~some:int (Some 4));
  Option.iter (Printf.printf "%d ") (Some 5);
  Printf.printf "%b %b %b %d\n" (Option.is_none None) (Option.is_some None) (Option.equal ( = ) (Some 1) (Some 1)) (Option.compare compare None (Some 0));
  put (result (Option.to_result ~none:"missing" None) ^ " " ^ String.concat "," (List.map int (Option.to_list (Some 1))))

let () =
  let ok = Ok 3 and error = Error "bad" in
  Printf.printf "%d %d %s\n" (Result.value error ~default:0) (Result.get_ok ok) (Result.get_error error);
  raises (fun () -> ignore (Result.get_ok error));
  raises (fun () -> ignore (Result.get_error ok));
  put (String.concat "; " (List.map result [ Result.map succ ok; Result.map_error String.uppercase_ascii error; Result.bind ok (fun n -> Error (int n)); Result.join (Ok error); Result.ok 1; Result.error "e" ]));
  put (Result.fold ~ok:int ~error:Fun.id error);
  Result.iter (Printf.printf "%d ") ok;
  Result.iter_error (Printf.printf "%s ") error;
  Printf.printf "%b %b %b %d\n" (Result.is_ok ok) (Result.is_error ok) (Result.equal ~ok:( = ) ~error:( = ) ok error) (Result.compare ~ok:compare ~error:compare ok error);
  put (show int (Result.to_option error) ^ int (List.length (Result.to_list ok)))

let () =
  let l = Either.left 1 and r = Either.Right "r" in
  let text = Either.fold ~left:int ~right:Fun.id in
  put (text l ^ text r ^ text (Either.map ~left:succ ~right:String.uppercase_ascii l) ^ text (Either.map_left succ l) ^ text (Either.map_right String.uppercase_ascii r));
  Printf.printf "%b %b %b\n" (Either.is_left l) (Either.is_right l) (Either.for_all ~left:(( = ) 1) ~right:(( = ) "x") r);
  put (show int (Either.find_left l) ^ " " ^ show Fun.id (Either.find_right l));
  Either.iter ~left:(Printf.printf "%d\n") ~right:print_string l;
  Printf.printf "%b %d\n" (Either.equal ~left:( = ) ~right:( = ) l l) (Either.compare ~left:compare ~right:compare l r)

let () =
  Printf.printf "%b %s %d %g\n" (Bool.not true) (Bool.to_string true) (Bool.to_int true) (Bool.to_float false);
  Printf.printf "%b %d\n" (Bool.equal true false) (Bool.compare false true);
  Printf.printf "%s %b %d\n" (Unit.to_string ()) (Unit.equal () ()) (Unit.compare () ());
  Printf.printf "%c %c %d %c %s %S\n" (Char.uppercase_ascii 'q') (Char.lowercase_ascii 'Q') (Char.code 'A') (Char.chr 66) (Char.escaped '\n') (String.make 1 (Char.chr 200));
  raises (fun () -> ignore (Char.chr 256));
  Printf.printf "%d %b\n" (Char.compare 'a' 'b') (Char.equal 'a' 'a');
  Printf.printf "%d %d %d %s %d\n" (Int.abs (-3)) (Int.shift_left 1 4) (Int.logxor 5 1) (Int.to_string 9) (Int.compare 1 2);
  Printf.printf "%d %d %d %g\n" (Int.pred 0) (Int.neg 4) (Int.rem (-7) 3) (Int.to_float 2)

(* stdout {expected|
5 k 9 true
Some 1None
7 8
option is None
Some 6 None
Some 2 4
5 true false true -1
Error missing 1
0 3 bad
result is Error _
result is Ok _
Ok 4; Error BAD; Error 3; Error bad; Ok 1; Error e
bad
3 bad true false false -1
None1
1r22R
true false false
Some 1 None
1
true -1
false true 1 0
false -1
() true 0
Q q 65 B \n "\200"
Char.chr
-1 true
3 16 4 9 -1
-1 -4 -1 2
|expected} *)
