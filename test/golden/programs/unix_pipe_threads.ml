(* Threads that wait for each other at pipes. *)
(* libraries unix threads *)

open Unix

let rec read_all fd buffer from =
  match read fd buffer from (Bytes.length buffer - from) with 0 -> from | n -> read_all fd buffer (from + n)

let sum text = String.fold_left (fun sum c -> ((sum * 31) + Char.code c) land 0xffffff) 0 text

(* More than fits into a pipe. *)
let much = String.init 300_000 (fun i -> Char.chr ((i * 7) land 255))

let transfer () =
  let reader, writer = pipe () in
  let thread =
    Thread.create
      (fun () ->
        Printf.printf "%d written\n%!" (write_substring writer much 0 (String.length much));
        close writer)
      ()
  in
  let buffer = Bytes.create 400_000 in
  let n = read_all reader buffer 0 in
  Thread.join thread;
  Printf.printf "%d read, %b\n" n (sum (Bytes.sub_string buffer 0 n) = sum much);
  close reader

let ping_pong () =
  let r1, w1 = pipe () and r2, w2 = pipe () in
  let one fd = let b = Bytes.create 1 in if read fd b 0 1 = 0 then None else Some (Bytes.get b 0) in
  let send fd c = ignore (write fd (Bytes.make 1 c) 0 1) in
  let rec serve () =
    match one r1 with
    | None -> close w2
    | Some c ->
        send w2 (Char.uppercase_ascii c);
        serve ()
  in
  let server = Thread.create serve () in
  String.iter
    (fun c ->
      send w1 c;
      match one r2 with Some answer -> print_char answer | None -> print_char '?')
    "hello";
  print_newline ();
  close w1;
  Thread.join server;
  Printf.printf "%b\n" (one r2 = None)

let sleeping () =
  let log = ref [] in
  let say text = log := text :: !log in
  let threads =
    List.map
      (fun (name, time) ->
        Thread.create
          (fun () ->
            sleepf time;
            say name)
          ())
      [ ("third", 0.15); ("first", 0.05); ("second", 0.1) ]
  in
  List.iter Thread.join threads;
  print_endline (String.concat " " (List.rev !log))

let selecting () =
  let reader, writer = pipe () in
  let thread =
    Thread.create
      (fun () ->
        sleepf 0.05;
        ignore (write_substring writer "x" 0 1))
      ()
  in
  let ready, _, _ = select [ reader ] [] [] 5. in
  Printf.printf "%b\n" (ready = [ reader ]);
  Thread.join thread

let () =
  transfer ();
  ping_pong ();
  sleeping ();
  selecting ()

(* stdout {expected|
300000 written
300000 read, true
HELLO
true
first second third
true
|expected} *)
