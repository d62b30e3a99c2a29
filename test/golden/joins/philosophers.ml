(* Dining philosophers: a fork is in one hand at a time, neighbours do not eat together, everybody eats, and nobody is stuck. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

let count = 5
let meals = 8

(* What a test gives: [take i] and [put i] for the forks of philosopher [i], both at once. *)
module type Table = sig
  val new_table : unit -> (int -> unit) * (int -> unit)
end

(* Forks one by one, the lower number first. *)
module Classic : Table = struct
  let new_fork () =
    let def free () | take! () = reply to take
    and put! () = free () | reply to put in
    spawn { free () };
    take, put

  let new_table () =
    let forks = Array.init count (fun _ -> new_fork ()) in
    let low i = min i ((i + 1) mod count) and high i = max i ((i + 1) mod count) in
    let def take! i = fst forks.(low i) (); fst forks.(high i) (); reply to take
    and put! i = snd forks.(high i) (); snd forks.(low i) (); reply to put in
    take, put
end

(* Both forks in one pattern, so nobody ever has only one. *)
module Later : Table = struct
  let new_table () =
    def fork0() & fork1() & take0() = reply to take0
    or fork1() & fork2() & take1() = reply to take1
    or fork2() & fork3() & take2() = reply to take2
    or fork3() & fork4() & take3() = reply to take3
    or fork4() & fork0() & take4() = reply to take4 in
    spawn fork0() & fork1() & fork2() & fork3() & fork4();
    def put(i) =
      (match i with
       | 0 -> fork0() & fork1()
       | 1 -> fork1() & fork2()
       | 2 -> fork2() & fork3()
       | 3 -> fork3() & fork4()
       | _ -> fork4() & fork0())
      & reply to put in
    (fun i -> [| take0; take1; take2; take3; take4 |].(i) ()), put
end

let test name (module T : Table) =
  let check text = check (name ^ ": " ^ text) in
  let take, put = T.new_table () in
  let eating = Array.make count false and eaten = Array.make count 0 in
  def philosopher(i) =
    for _ = 1 to meals do
      take i;
      eating.(i) <- true;
      Thread.yield ();
      check "neighbours" (not (eating.((i + 1) mod count) || eating.((i + count - 1) mod count)));
      eaten.(i) <- eaten.(i) + 1;
      eating.(i) <- false;
      put i
    done;
    leaves()
  and leaves() & seated(n) = seated(n - 1)
  or seated(0) & wait() = reply to wait in
  spawn seated(count);
  for i = 0 to count - 1 do spawn philosopher(i) done;
  wait ();
  check "all have eaten" (Array.for_all (( = ) meals) eaten)

let () =
  test "classic" (module Classic);
  test "later" (module Later);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
