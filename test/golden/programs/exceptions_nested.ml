exception A
exception B of exn

let log = Buffer.create 100
let say s = Buffer.add_string log (s ^ ";")

let protect ~finally f = match f () with v -> finally (); v | exception e -> finally (); raise e

let rec nest n = if n = 0 then raise A else try nest (n - 1) with A when n mod 2 = 0 -> raise (B A) | B e when n mod 3 = 0 -> raise e

let () =
  for n = 0 to 12 do
    print_endline (match nest n with () -> "unit" | exception A -> "A" | exception B A -> "B A" | exception B (B _) -> "B B" | exception B _ -> "B")
  done;
  (try
     protect ~finally:(fun () -> say "outer finally") (fun () ->
         protect ~finally:(fun () -> say "inner finally") (fun () ->
             say "work";
             raise A))
   with A -> say "caught");
  print_endline (Buffer.contents log);
  (* A handler that raises is not handled by itself. *)
  print_endline (try (try raise A with A -> raise Not_found) with Not_found -> "from handler" | A -> "wrong");
  (* The value of try flows out, the handlers are left. *)
  let f x = try if x then 1 else raise A with A -> 2 in
  Printf.printf "%d %d\n" (f true) (f false);
  let rec loop n = try if n = 0 then raise A else loop (n - 1) with B _ -> () in
  (try loop 10000 with A -> print_endline "deep handlers")

(* stdout {expected|
A
A
B A
A
B A
B A
A
A
B A
A
B A
B A
A
work;inner finally;outer finally;caught;
from handler
1 2
deep handlers
|expected} *)
