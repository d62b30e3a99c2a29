type ('a, 'b) t = { run : 'a -> 'b; register : ('a -> 'b) -> unit }

let attempt f x = try Ok (f x) with e -> Error e
let get = function Ok y -> y | Error e -> raise e

(* A worker is free when there is a message with it on [free]. *)
let create () =
  def free(worker) & run(x) =
    let result = attempt worker x in
    free(worker) & reply get result to run in
  { run; register = (fun worker -> spawn free(worker)) }

let of_function n f =
  let pool = create () in
  for _ = 1 to n do
    pool.register f
  done;
  pool

let map f xs =
  let results = Array.make (List.length xs) None in
  let count = JoinCount.Down.create (Array.length results) in
  let work i x = results.(i) <- Some (attempt f x) in
  List.iteri (fun i x -> spawn { work i x; count.tick () }) xs;
  count.wait ();
  List.map (fun result -> get (Option.get result)) (Array.to_list results)

let map_reduce f combine zero xs =
  let sum = function Ok y -> combine y | Error e -> raise e in
  let collector = JoinCount.Collector.create sum zero (List.length xs) in
  List.iter (fun x -> spawn { let y = attempt f x in collector.collect y }) xs;
  collector.wait ()
