(* Enough allocation, old-to-young pointers and survivors to need both collectors. *)
type node = { mutable next : node option; mutable payload : string; id : int }

let rec list n acc = if n = 0 then acc else list (n - 1) (n :: acc)

let () =
  let ring = Array.init 1000 (fun id -> { next = None; payload = ""; id }) in
  for round = 1 to 50 do
    Array.iteri (fun i node -> node.next <- Some ring.((i + round) mod 1000); node.payload <- String.make (i mod 50) (Char.chr (65 + (round mod 26)))) ring;
    if round mod 10 = 0 then begin
      let total = Array.fold_left (fun acc n -> acc + String.length n.payload + match n.next with Some m -> m.id | None -> 0) 0 ring in
      Printf.printf "%d " total
    end
  done;
  print_newline ();
  let keep = ref [] in
  for i = 1 to 200 do
    let l = list 10_000 [] in
    if i mod 20 = 0 then keep := l :: !keep
  done;
  Printf.printf "%d\n" (List.fold_left (fun acc l -> acc + List.fold_left ( + ) 0 l) 0 !keep);
  let table = Hashtbl.create 16 in
  for i = 1 to 100_000 do Hashtbl.replace table (i mod 5000) (string_of_int i, [ float i ]) done;
  let s, f = Hashtbl.find table 4999 in
  Printf.printf "%s %g\n" s (List.hd f);
  let big = Array.init 100 (fun i -> Array.make 1000 (string_of_int i)) in
  Gc.full_major ();
  Printf.printf "%s %s\n" big.(99).(999) (Bytes.sub_string (Bytes.make 1_000_000 'z') 999_990 10);
  let closures = List.init 1000 (fun i -> let s = string_of_int i in fun x -> s ^ x) in
  Gc.minor ();
  print_endline (List.fold_left (fun acc f -> if String.length acc > 20 then acc else f acc) "" closures)

(* stdout {expected|
524000 524000 524000 524000 524000 
500050000
99999 99999
99 zzzzzzzzzz
1514131211109876543210
|expected} *)
