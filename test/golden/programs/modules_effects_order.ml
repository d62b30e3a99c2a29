(* When module bodies run: in order, once for each application, and not for what is only mentioned. *)

let trace = Buffer.create 64
let say text = Buffer.add_string trace (text ^ ";")

let show_trace title =
  Printf.printf "%s: %s\n" title (Buffer.contents trace);
  Buffer.clear trace

module type NAMED = sig val name : string end

module F (X : NAMED) = struct
  let () = say ("F(" ^ X.name ^ ")")
  let name = "F" ^ X.name
end

module G (X : NAMED) (Y : NAMED) = struct
  let () = say (Printf.sprintf "G(%s,%s)" X.name Y.name)
  let name = X.name ^ Y.name
end

module A = struct let () = say "A" let name = "a" end
module B = struct let () = say "B" let name = "b" end

let () = show_trace "structures"

module FA = F (A)
module FA_again = F (A)

let () = show_trace "applications"

(* The functor is evaluated before its argument, and a partial application runs nothing. *)
module Inner = G (F (struct let () = say "anonymous" let name = "x" end))
let () = show_trace "partial"
module Full = Inner (B)
let () = show_trace "full"

(* Included functor applications and sealed structures. *)
include (struct
  include F (B)
  let () = say "after include"
  let shouted = String.uppercase_ascii name
end : sig val shouted : string end)

let () = show_trace "include"
let () = print_endline shouted

(* Modules in functions run at each call; in branches only when the branch is taken. *)
let make flag =
  let module M = struct
    let () = say (if flag then "yes" else "no")
    let value = if flag then 1 else 0
  end in
  if flag then
    let module N = struct let () = say "N" let value = M.value + 1 end in
    N.value
  else M.value

let () =
  let a = make true in
  let b = make false in
  Printf.printf "%d %d\n" a b;
  show_trace "local"

(* An exception in a module body goes through the functor's application. *)
module Check (X : NAMED) = struct
  let () = if X.name = "" then failwith "empty name"
  let checked = X.name
end

let checked name =
  try
    let module C = Check (struct let name = name end) in
    C.checked
  with Failure message -> message

let () =
  print_endline (checked "fine");
  print_endline (checked "")

(* First-class modules run their body when they are made, not when they are opened. *)
let lazily = lazy (module struct let () = say "forced" let name = "lazy" end : NAMED)

let () =
  say "before";
  let (module L) = Lazy.force lazily in
  let (module L2) = Lazy.force lazily in
  say L.name;
  say L2.name;
  show_trace "lazy"

(* Operands of a tuple of packed modules: from right to left. *)
let () =
  let pair =
    ( (module struct let () = say "left" let name = "l" end : NAMED),
      (module struct let () = say "right" let name = "r" end : NAMED) )
  in
  let (module L), (module R) = pair in
  show_trace (L.name ^ R.name)

(* stdout {expected|
structures: A;B;
applications: F(a);F(a);
partial: anonymous;F(x);
full: G(Fx,b);
include: F(b);after include;
FB
2 0
local: yes;N;no;
fine
empty name
lazy: before;forced;lazy;lazy;
lr: right;left;
|expected} *)
