(* Marshal: sharing, cycles, every kind of value, several values in one channel, copies by a round trip. *)

let copy x = Marshal.from_string (Marshal.to_string x []) 0

type tree = Leaf | Node of { left : tree; key : int; right : tree }
type node = { name : string; mutable next : node option }

let rec build n = if n = 0 then Leaf else Node { left = build (n - 1); key = n; right = Leaf }
let rec depth = function Leaf -> 0 | Node { left; right; _ } -> 1 + max (depth left) (depth right)

let () =
  Printf.printf "%b %b %b\n" (copy 42 = 42) (copy (-1) = -1) (copy max_int = max_int);
  Printf.printf "%b %b %b\n" (copy "text" = "text") (copy 1.5 = 1.5) (copy [| 1.; nan; 3. |] <> [| 1.; nan; 3. |]);
  Printf.printf "%b %b %b\n" (copy 5l = 5l) (copy (-5L) = -5L) (copy 7n = 7n);
  Printf.printf "%b %b\n" (copy [ Some `A; Some (`B 3); None ] = [ Some `A; Some (`B 3); None ]) (copy ([||] : int array) = [||]);
  Printf.printf "%d\n" (depth (copy (build 1000)));
  Printf.printf "%b\n" (copy (build 50) = build 50)

(* Sharing is kept, unless it is not wanted. *)
let () =
  let shared = String.make 3 'x' in
  let pair = (shared, shared) in
  let a, b = copy pair in
  let c, d = Marshal.from_string (Marshal.to_string pair [ Marshal.No_sharing ]) 0 in
  Printf.printf "%b %b %b\n" (a == b) (c == d) (c = d);
  let ring = { name = "a"; next = None } in
  ring.next <- Some { name = "b"; next = Some ring };
  let r = copy ring in
  (match r.next with
  | Some ({ next = Some back; _ } as b) -> Printf.printf "%s %s %b %b\n" r.name b.name (back == r) (back == ring)
  | _ -> print_endline "broken")

let () =
  let text = Marshal.to_string (1, "two", [ 3. ]) [] in
  let b = Bytes.of_string text in
  Printf.printf "%d %d\n" (Marshal.total_size b 0) (String.length text);
  Printf.printf "%b\n" (Marshal.data_size b 0 + Marshal.header_size = String.length text);
  String.iter (fun c -> Printf.printf "%02x" (Char.code c)) text;
  print_newline ();
  let name = Filename.temp_file "golden" ".bin" in
  let oc = open_out_bin name in
  Marshal.to_channel oc [ 1; 2; 3 ] [];
  output_value oc "second";
  close_out oc;
  let ic = open_in_bin name in
  let l : int list = Marshal.from_channel ic in
  let s : string = input_value ic in
  Printf.printf "%d %s\n" (List.fold_left ( + ) 0 l) s;
  (try ignore (input_value ic : int) with End_of_file -> print_endline "end of file");
  close_in ic;
  Sys.remove name;
  (try ignore (Marshal.to_string (fun x -> x + 1) []) with Invalid_argument m -> print_endline m);
  (try ignore (Marshal.from_string "short" 0 : int) with Invalid_argument m -> print_endline m)

(* stdout {expected|
true true true
true true true
true true true
true true
1000
true
true false true
a b true false
37 37
true
8495a6be00000011000000040000000c0000000bb0412374776fa00c000000000000084040
6 second
end of file
output_value: functional value
Marshal.from_bytes
|expected} *)
