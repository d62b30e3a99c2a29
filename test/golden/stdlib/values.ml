(* Seq, Option, Result, Either, Fun, Lazy, Queue, Stack, Printexc, Obj, Gc and the rest of Stdlib. *)

let show l = "[" ^ String.concat ";" (List.map string_of_int l) ^ "]"
let say s x = print_string (s ^ " "); x

let attempt name f =
  match f () with
  | s -> print_endline (name ^ " = " ^ s)
  | exception e -> print_endline (name ^ " raises " ^ Printexc.to_string e)

let () =
  let ints = List.to_seq [ 1; 2; 3; 4; 5 ] in
  let out s = print_endline (show (List.of_seq s)) in
  out (Seq.map (fun x -> say (string_of_int x) (x * 2)) ints);
  out (Seq.filter (fun x -> x mod 2 = 1) ints);
  out (Seq.filter_map (fun x -> if x > 2 then Some (-x) else None) ints);
  out (Seq.append ints ints);
  out (Seq.cons 0 ints);
  out (Seq.concat (List.to_seq [ ints; Seq.empty; ints ]));
  out (Seq.flat_map (fun x -> List.to_seq [ x; x ]) ints);
  out (Seq.concat_map (fun x -> Seq.return x) ints);
  out (Seq.unfold (fun n -> if n > 5 then None else Some (n * n, n + 1)) 0);
  Seq.iter print_int ints;
  print_int (Seq.fold_left ( + ) 0 ints);
  print_newline ()

let () =
  let int = function None -> "none" | Some n -> string_of_int n in
  print_endline (int (Option.map succ (Some 1)) ^ int (Option.bind (Some 2) (fun x -> if x > 1 then None else Some x)) ^ int (Option.join (Some (Some 3))));
  print_endline (string_of_int (Option.value None ~default:7) ^ string_of_int (Option.fold ~none:0 ~some:succ (Some 4)));
  attempt "get" (fun () -> string_of_int (Option.get None));
  print_endline (string_of_int (Option.compare compare (Some 1) None) ^ string_of_bool (Option.equal ( = ) (Some 1) (Some 1)) ^ show (Option.to_list (Some 3)));
  let r : (int, string) result = Error "bad" in
  attempt "get_ok" (fun () -> string_of_int (Result.get_ok r));
  attempt "get_error" (fun () -> Result.get_error r);
  attempt "get_error" (fun () -> Result.get_error (Ok 1));
  print_endline (int (Result.to_option (Result.map succ (Ok 1))) ^ Result.fold ~ok:string_of_int ~error:String.uppercase_ascii r);
  print_endline (string_of_bool (Result.is_ok r) ^ string_of_int (Result.value r ~default:5) ^ string_of_int (Result.compare ~ok:compare ~error:compare r (Ok 1)));
  print_endline (Either.fold ~left:string_of_int ~right:(fun s -> s) (Either.Right "r") ^ int (Either.find_left (Either.Left 3)));
  print_endline (string_of_bool (Bool.to_string true = "true") ^ string_of_int (Bool.to_int true) ^ string_of_int (Bool.compare true false) ^ Unit.to_string ())

let () =
  print_endline (string_of_int (Fun.flip ( - ) 1 2) ^ string_of_bool (Fun.negate (( = ) 1) 1) ^ string_of_int (Fun.const 3 "x") ^ string_of_int (Fun.id 4));
  attempt "protect" (fun () -> Fun.protect ~finally:(fun () -> print_string "finally ") (fun () -> "ok"));
  attempt "protect" (fun () -> Fun.protect ~finally:(fun () -> print_string "finally ") (fun () -> failwith "work"));
  attempt "protect" (fun () -> Fun.protect ~finally:(fun () -> failwith "final") (fun () -> "ok"));
  attempt "protect" (fun () -> Fun.protect ~finally:(fun () -> raise Exit) (fun () -> raise Not_found))

let () =
  let n = ref 0 in
  let l = lazy (incr n; print_string "forced "; !n) in
  Printf.printf "%b " (Lazy.is_val l);
  Printf.printf "%d " (Lazy.force l);
  Printf.printf "%d %b\n" (Lazy.force l) (Lazy.is_val l);
  let bad = lazy (incr n; if !n > 0 then failwith ("bad" ^ string_of_int !n) else 1) in
  attempt "lazy" (fun () -> string_of_int (Lazy.force bad));
  attempt "lazy" (fun () -> string_of_int (Lazy.force bad));
  let rec self = lazy (Lazy.force self + 1) in
  attempt "lazy self" (fun () -> string_of_int (Lazy.force self));
  Printf.printf "%d %d %f %d\n" (Lazy.force (Lazy.from_val 3)) (Lazy.force (Lazy.from_fun (fun () -> 4))) (Lazy.force (Lazy.from_val 1.5))
    (Lazy.force (Lazy.map succ l));
  Printf.printf "%d %d\n" (Lazy.force (Lazy.force (Lazy.from_val (lazy 3)))) (Lazy.force (Lazy.map_val succ l));
  let (lazy x) = lazy (1 + 1) in
  print_int x;
  (match lazy (raise Exit), 1 with _, 1 -> print_endline " not forced" | (lazy n), _ -> print_int n)

let () =
  let q = Queue.create () in
  attempt "take" (fun () -> string_of_int (Queue.take q));
  attempt "peek" (fun () -> string_of_int (Queue.peek q));
  for i = 1 to 10 do Queue.add i q done;
  Printf.printf "%d %d %d\n" (Queue.pop q) (Queue.peek q) (Queue.length q);
  let c = Queue.copy q in
  Queue.transfer q c;
  Printf.printf "%b %d %s\n" (Queue.is_empty q) (Queue.length c) (show (List.of_seq (Queue.to_seq c)));
  Queue.transfer q c;
  Queue.push 5 q;
  Printf.printf "%d %s\n" (Queue.fold ( + ) 0 c) (match Queue.take_opt q with Some n -> string_of_int n | None -> "none");
  Printf.printf "%s\n" (match Queue.peek_opt q with Some n -> string_of_int n | None -> "none");
  Queue.add_seq q (Queue.to_seq c);
  Queue.iter print_int (Queue.of_seq (Queue.to_seq q));
  Queue.clear q;
  print_newline ();
  let s = Stack.create () in
  attempt "pop" (fun () -> string_of_int (Stack.pop s));
  attempt "top" (fun () -> string_of_int (Stack.top s));
  for i = 1 to 5 do Stack.push i s done;
  Printf.printf "%d %d %d %s\n" (Stack.pop s) (Stack.top s) (Stack.length s) (show (List.of_seq (Stack.to_seq s)));
  Stack.iter print_int (Stack.copy s);
  Printf.printf " %d %b\n" (Stack.fold ( - ) 0 s) (Stack.is_empty (Stack.of_seq Seq.empty));
  Stack.clear s;
  Printf.printf "%s %s\n" (match Stack.pop_opt s with None -> "none" | Some n -> string_of_int n) (match Stack.top_opt s with None -> "none" | Some n -> string_of_int n)

exception Simple
exception One of int
exception Many of int * string * float * int list
exception Record of { a : int; b : string }

let () =
  List.iter
    (fun e -> print_endline (Printexc.to_string e))
    [ Simple; One 3; One (-3); Many (1, "a\"b", 2.5, [ 1 ]); Record { a = 1; b = "x" }; Not_found; Exit; End_of_file; Division_by_zero;
      Failure "x\n"; Invalid_argument "y"; Sys_error "no"; Out_of_memory; Stack_overflow; Match_failure ("f.ml", 3, 4); Assert_failure ("f.ml", 3, 4);
      Sys_blocked_io ];
  Printexc.register_printer (function One n -> Some (Printf.sprintf "One of %d" n) | Simple -> failwith "printer" | _ -> None);
  List.iter (fun e -> print_endline (Printexc.to_string e ^ "|" ^ Printexc.to_string_default e)) [ One 4; Simple ];
  print_endline (Printexc.exn_slot_name (One 3));
  (try assert (1 = 2) with e -> print_endline (Printexc.to_string e));
  (try ignore ((function 1 -> 2 | _ -> raise Simple) 1); match Sys.opaque_identity 3 with 4 -> () | _ -> raise Exit with e -> print_endline (Printexc.to_string e))

let () =
  Printf.printf "%d %d %d %b %b %d %s\n" Sys.word_size Sys.int_size Sys.max_array_length Sys.unix Sys.big_endian Sys.max_string_length Sys.os_type;
  Printf.printf "%d %d\n" Sys.sigint Sys.sigxfsz;
  print_endline (match Sys.getenv_opt "NO_SUCH_VARIABLE_HERE" with None -> "none" | Some s -> s);
  attempt "getenv" (fun () -> Sys.getenv "NO_SUCH_VARIABLE_HERE");
  Printf.printf "%s %s %s\n" (string_of_float 1.) (string_of_float 1e20) (string_of_float nan);
  Printf.printf "%b %b %d\n" (min 1 2 = 1) (max "a" "b" = "b") (compare (1, "a") (1, "b"));
  print_int 3; print_char 'c'; print_float 2.5; print_bytes (Bytes.of_string "b"); print_endline "e";
  prerr_int 3; prerr_char 'c'; prerr_float 2.5; prerr_bytes (Bytes.of_string "b"); prerr_endline "e"; prerr_string "s"; prerr_newline ();
  let file = "channel-test.tmp" in
  let c = open_out_bin file in
  output_string c "line one\nline two\n\nlast"; output_byte c 10; output_binary_int c 0x01020304; output_char c 'x';
  output c (Bytes.of_string "abcdef") 2 3; output_substring c "abcdef" 0 2; output_bytes c (Bytes.of_string "zz");
  attempt "output" (fun () -> output c (Bytes.create 3) 2 2; "");
  Printf.printf "%d %d\n" (pos_out c) (out_channel_length c);
  close_out c;
  let i = open_in_bin file in
  Printf.printf "%d\n" (in_channel_length i);
  print_endline (input_line i); print_endline (input_line i); print_endline (input_line i); print_endline (input_line i);
  Printf.printf "%d %c %s %d\n" (input_binary_int i) (input_char i) (really_input_string i 3) (input_byte i);
  let b = Bytes.make 10 '.' in
  let n = input i b 2 8 in
  Printf.printf "%d %s\n" n (Bytes.to_string b);
  attempt "input_line" (fun () -> input_line i);
  attempt "input_char" (fun () -> String.make 1 (input_char i));
  seek_in i 5;
  Printf.printf "%d %s\n" (pos_in i) (input_line i);
  attempt "really_input" (fun () -> really_input i b 0 10; Bytes.to_string b);
  close_in i;
  attempt "closed" (fun () -> input_line i);
  let long = String.make 200000 'q' in
  let c = open_out file in
  output_string c (long ^ "\n" ^ long); close_out c;
  let i = open_in file in
  Printf.printf "%b %b\n" (input_line i = long) (input_line i = long);
  close_in i; close_in_noerr i;
  let c = open_out_gen [ Open_append; Open_creat ] 0o600 file in
  output_string c "!"; close_out c; close_out_noerr c;
  Printf.printf "%b\n" (Sys.file_exists file);
  Sys.remove file;
  attempt "open_in" (fun () -> ignore (open_in "/no/such/file"); "");
  Gc.full_major ();
  Printf.printf "%b\n" ((Gc.stat ()).Gc.minor_collections > 0);
  Printf.printf "%d %d %b\n" (Obj.tag (Obj.repr (Some 1))) (Obj.size (Obj.repr (1, 2, 3))) (Obj.is_int (Obj.repr 3))

let () =
  at_exit (fun () -> print_endline "first registered");
  at_exit (fun () -> print_endline "second registered");
  at_exit (fun () -> at_exit (fun () -> print_endline "nested"); print_endline "third");
  if Array.length Sys.argv > 5 then exit 1;
  print_endline __MODULE__;
  print_endline __LOC__;
  exit 3

(* status 3 *)
