module Stack_ = struct
  type 'a t = 'a list
  let empty = []
  let push x s = x :: s
  let pop = function [] -> None | x :: rest -> Some (x, rest)

  module Stats = struct
    let pushes = ref 0
    let push x s = incr pushes; push x s
    module Deeper = struct let describe s = Printf.sprintf "%d elements, %d pushes" (List.length s) !pushes end
  end
end

module S = Stack_.Stats

open Stack_

module Alias = Stack_

let () =
  let s = push 3 (S.push 2 (Stack_.Stats.push 1 empty)) in
  print_endline (S.Deeper.describe s);
  (match pop s with Some (x, rest) -> Printf.printf "%d %d\n" x (List.length rest) | None -> ());
  let open Stack_.Stats.Deeper in
  print_endline (describe (Alias.push 9 s));
  print_endline Stats.Deeper.(describe [] ^ "!");
  let module Local = struct let x = 5 let f y = x + y end in
  Printf.printf "%d\n" (Local.f 1);
  let module L = List in
  Printf.printf "%d\n" (L.length s)

module Shadow = struct
  let x = 1
  let f () = x
  let x = 2
  let g () = x
end

module Extended = struct
  include Shadow
  let x = x * 10
  let h () = f () + g () + x
end

let () = Printf.printf "%d %d %d %d\n" (Shadow.f ()) (Shadow.g ()) Shadow.x (Extended.h ())

(* stdout {expected|
3 elements, 2 pushes
3 2
4 elements, 2 pushes
0 elements, 2 pushes!
6
3
1 2 2 23
|expected} *)
