(* Barriers: in no round does anybody leave before all have come. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

(* Two meet. *)
module Classic = struct
  let new_meeting () =
    let def left! () | right! () = reply to left | reply to right in
    left, right

  (* Each round has a gate of its own, so who is late cannot be overtaken by somebody in the next round. *)
  let new_gate () =
    let def opened () | pass! () = opened () | reply to pass in
    pass, opened

  let new_barrier n =
    let def round (k, gate) | come! () =
      { if k = 1 then round (n, new_gate ()) else round (k - 1, gate) } | reply (k, gate) to come in
    spawn { round (n, new_gate ()) };
    fun () ->
      let k, (pass, opened) = come () in
      if k = 1 then spawn { opened () } else pass ()
end

module Later = struct
  let new_meeting () =
    def left() & right() = reply to left & reply to right in
    left, right

  (* Those that came are a chain of replies. *)
  let new_barrier n =
    def missing(1, release) & wait() = release () ; missing(n, ignore) & reply to wait
    or missing(k, release) & wait() =
      def gate() & opened() = reply to gate in
      missing(k - 1, (fun () -> release (); spawn opened())) & begin gate (); reply to wait end in
    spawn missing(n, ignore);
    wait
end

module type Barriers = sig
  val new_meeting : unit -> (unit -> unit) * (unit -> unit)
  val new_barrier : int -> unit -> unit
end

let test name (module B : Barriers) =
  let check text = check (name ^ ": " ^ text) in
  let left, right = B.new_meeting () in
  let a = ref 0 and b = ref 0 in
  let parties = 5 and rounds = 12 in
  let wait = B.new_barrier parties in
  let came = Array.make rounds 0 in
  def meet_left() =
    for i = 1 to 20 do incr a; left (); check "right was there" (!b >= i) done;
    finished()
  and meet_right() =
    for i = 1 to 20 do incr b; right (); check "left was there" (!a >= i) done;
    finished()
  and party(who) =
    for round = 0 to rounds - 1 do
      if (who + round) mod 4 = 0 then Thread.yield ();
      came.(round) <- came.(round) + 1;
      wait ();
      check "all have come" (came.(round) = parties);
      check "nobody is too early" (round = rounds - 1 || came.(round + 1) <= parties)
    done;
    finished()
  and finished() & left_over(n) = left_over(n - 1)
  or left_over(0) & all_done() = reply to all_done in
  spawn left_over(parties + 2) & meet_left() & meet_right();
  for who = 1 to parties do spawn party(who) done;
  all_done ();
  check "rounds" (Array.for_all (( = ) parties) came)

let () =
  test "classic" (module Classic);
  test "later" (module Later);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
