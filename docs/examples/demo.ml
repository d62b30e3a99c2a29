(* What `camlnode demo` serves. *)

let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)

let primes limit =
  let composite = Array.make (limit + 1) false in
  for i = 2 to limit do
    if not composite.(i) then
      let j = ref (i * i) in
      while !j <= limit do
        composite.(!j) <- true;
        j := !j + i
      done
  done;
  List.filter (fun n -> not composite.(n)) (List.init (limit - 1) (fun i -> i + 2))

type request = { meth : string; path : string; version : string }

exception Bad_request of string

let parse_request line =
  match String.split_on_char ' ' line with
  | [ meth; path; version ] -> { meth; path; version }
  | _ -> raise (Bad_request line)

(* Not tail-recursive: camlnode's stack is as deep as its configuration says. *)
let rec depth n = if n = 0 then 0 else 1 + depth (n - 1)

let forever () : int =
  while true do
    ()
  done;
  0
