(* The sieve of Eratosthenes, pulled by callers and pushed by messages. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

module Classic = struct
  let numbers () =
    let def state n | next! () = state (n + 1) | reply n to next in
    spawn { state 2 };
    next

  let filter p source =
    let def next! () =
      let n = source () in
      reply (if n mod p = 0 then next () else n) in
    next

  let primes () =
    let def source s | next! () =
      let p = s () in
      source (filter p s) | reply p to next in
    spawn { source (numbers ()) };
    next

  let first n =
    let next = primes () in
    List.init n (fun _ -> next ())
end

(* Every prime is a cell of a pipeline; a number that passes all cells becomes the last cell. *)
module Later = struct
  type message = Number of int | End

  let first n =
    def results(found, missing) & prime(p) when missing > 0 = results(p :: found, missing - 1)
    or results(found, 0) & wait() = reply List.rev found to wait in
    let rec new_cell () =
      def fresh() & input(Number p) = prime(p) & passing(p, new_cell ())
      or passing(p, next) & input(Number n) =
        if n mod p <> 0 then begin next (Number n); passing(p, next) end else passing(p, next)
      or passing(_, next) & input(End) = next End; 0
      or fresh() & input(End) = 0 in
      spawn fresh();
      fun m -> spawn input(m)
    in
    let send = new_cell () in
    spawn results([], n);
    for i = 2 to 120 do send (Number i) done;
    send End;
    wait ()
end

let expected = [ 2; 3; 5; 7; 11; 13; 17; 19; 23; 29; 31; 37; 41; 43; 47; 53; 59; 61; 67; 71; 73; 79; 83; 89; 97; 101; 103; 107; 109; 113 ]

let () =
  check "classic" (Classic.first 30 = expected);
  check "later" (List.sort compare (Later.first 30) = expected);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
