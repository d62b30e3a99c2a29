(* A recursive module whose function is called before it is defined. *)
module rec A : sig val f : int -> int val x : int end = struct
  let f n = B.g n + 1
  let x = try B.g 1 with Undefined_recursive_module (file, line, _) -> Printf.printf "undefined %s %d\n" (String.sub file (String.length file - 3) 3) line; -1
end
and B : sig val g : int -> int end = struct
  let g n = n * 2
end

let () = Printf.printf "%d %d\n" A.x (A.f 10)

(* stdout {expected|
undefined .ml 6
-1 21
|expected} *)
