let run program input =
  let n = String.length program in
  let jump = Array.make n 0 in
  let rec link i stack =
    if i < n then
      match program.[i], stack with
      | '[', _ -> link (i + 1) (i :: stack)
      | ']', open_ :: rest -> jump.(i) <- open_; jump.(open_) <- i; link (i + 1) rest
      | ']', [] -> failwith "unbalanced"
      | _ -> link (i + 1) stack
  in
  link 0 [];
  let tape = Bytes.make 3000 '\000' and out = Buffer.create 100 in
  let get p = Char.code (Bytes.get tape p) and set p v = Bytes.set tape p (Char.chr (v land 255)) in
  let rec step pc p i =
    if pc < n then
      match program.[pc] with
      | '>' -> step (pc + 1) (p + 1) i
      | '<' -> step (pc + 1) (p - 1) i
      | '+' -> set p (get p + 1); step (pc + 1) p i
      | '-' -> set p (get p - 1); step (pc + 1) p i
      | '.' -> Buffer.add_char out (Bytes.get tape p); step (pc + 1) p i
      | ',' -> set p (if i < String.length input then Char.code input.[i] else 0); step (pc + 1) p (i + 1)
      | '[' -> step (if get p = 0 then jump.(pc) + 1 else pc + 1) p i
      | ']' -> step (if get p <> 0 then jump.(pc) + 1 else pc + 1) p i
      | _ -> step (pc + 1) p i
  in
  step 0 0 0;
  Buffer.contents out

let () =
  print_string (run "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++." "");
  print_endline (run ",[.,]" "echo");
  print_endline (run ">,[>,]<[.<]" "reverse")

(* stdout {expected|
Hello World!
echo
esrever
|expected} *)
