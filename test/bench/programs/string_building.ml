(* Builds a long text out of small pieces in a Buffer, then walks over it. *)
let build n =
  let b = Buffer.create 16 in
  for i = 1 to n do
    Buffer.add_string b "item ";
    Buffer.add_string b (string_of_int i);
    Buffer.add_char b ' ';
    Buffer.add_string b (if i land 1 = 0 then "even" else "odd");
    Buffer.add_char b '\n'
  done;
  Buffer.contents b

let checksum s =
  let h = ref 0 in
  for i = 0 to String.length s - 1 do
    h := ((!h * 31) + Char.code s.[i]) land 0xFFFFFFF
  done;
  !h

let () =
  let total = ref 0 and length = ref 0 in
  for i = 1 to 6 do
    let s = build (400_000 + i) in
    length := !length + String.length s;
    total := !total lxor checksum s
  done;
  Printf.printf "%d %d\n" !length !total
