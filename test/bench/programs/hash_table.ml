(* A polymorphic hash table: counting integers and strings. *)
let next x = ((x * 1103515245) + 12345) land 0x3FFFFFFF

let count_ints n range =
  let h = Hashtbl.create 16 in
  let x = ref 42 in
  for _ = 1 to n do
    x := next !x;
    let k = !x lsr 8 mod range in
    match Hashtbl.find_opt h k with
    | Some c -> Hashtbl.replace h k (c + 1)
    | None -> Hashtbl.add h k 1
  done;
  Hashtbl.fold (fun k c acc -> acc + (k * c)) h 0

let count_strings n range =
  let h = Hashtbl.create 16 in
  let x = ref 42 in
  for _ = 1 to n do
    x := next !x;
    let k = "key" ^ string_of_int (!x lsr 8 mod range) in
    Hashtbl.replace h k (1 + try Hashtbl.find h k with Not_found -> 0)
  done;
  Hashtbl.fold (fun k c acc -> acc + (String.length k * c)) h 0

let () = Printf.printf "%d %d\n" (count_ints 2_000_000 100_000) (count_strings 600_000 20_000)
