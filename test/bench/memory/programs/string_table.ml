(* A hash table of strings: keys and values are made, looked up, replaced, removed. *)
let key n = "key" ^ string_of_int n

let () =
  let table = Hashtbl.create 16 in
  let found = ref 0 in
  for i = 1 to 1_000_000 do
    let n = i * 7919 mod 200_003 in
    match Hashtbl.find_opt table (key n) with
    | Some v ->
        found := !found + String.length v;
        if i land 3 = 0 then Hashtbl.remove table (key n) else Hashtbl.replace table (key n) (v ^ "x")
    | None -> Hashtbl.replace table (key n) (key i)
  done;
  Printf.printf "%d %d" !found (Hashtbl.length table)
