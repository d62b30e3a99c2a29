(* All permutations of ten elements in a monad of choices, each of whose results goes through a reference: some 22 million, of which
   many live at the same time. Monadic operations consume their arguments, so that references can be deleted. *)

module Reference = References.Chosen

type 'a choices = { fresh : bool ref; results : 'a Reference.t list }

let choices results = { fresh = ref true; results }

let take { fresh; results } =
  assert !fresh;
  fresh := false;
  results

let return v = choices [ Reference.create v ]
let either a b = choices (List.rev_append (take a) (take b))
let map f a = choices (List.rev_map (fun r -> Reference.create (f (Reference.consume r))) (take a))

let bind a f =
  let add results r = List.rev_append (take (f (Reference.consume r))) results in
  choices (List.fold_left add [] (take a))

let each a f = List.iter (fun r -> f (Reference.consume r)) (take a)

let rec insert x = function
  | [] -> return [ x ]
  | y :: rest -> either (return (x :: y :: rest)) (map (fun rest -> y :: rest) (insert x rest))

let rec permutations = function
  | [] -> return []
  | x :: rest -> bind (permutations rest) (insert x)

let rec factorial n = if n = 0 then 1 else n * factorial (n - 1)

let () =
  let n = int_of_string Sys.argv.(2) in
  let count = ref 0L in
  References.measure (fun () -> each (permutations (List.init n Fun.id)) (fun _ -> count := Int64.succ !count));
  assert (Int64.to_int !count = factorial n);
  assert (!Reference.live = 0)
