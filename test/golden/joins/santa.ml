(* Santa Claus sleeps until nine reindeer or three of ten elves want him; reindeer go first. Nobody takes part twice at once. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

let reindeer = 9
let elves = 10
let group = 3
let deliveries = 3
let consultations = 6

type visit = Sleigh | Study

module type North_pole = sig
  (* [come kind], for a reindeer or an elf, returns when Santa has let it in; [leave kind] when he has shown it out;
     [serve during] is one visit, in whose middle [during kind] is called. *)
  val come : visit -> unit
  val leave : visit -> unit
  val serve : (visit -> unit) -> unit
end

module Classic () : North_pole = struct
  (* Waiting places become groups; a group waits for Santa, then its members pass two gates. *)
  let new_room (size, ready) =
    let def waiting n | enter! () =
      if n = size - 1 then { waiting 0 | ready (); pass_in (); reply to enter }
      else { waiting (n + 1) | pass_in (); reply to enter }
    and pass_in! () | open_in! () = reply to pass_in | reply to open_in
    and pass_out! () | open_out! () = reply to pass_out | reply to open_out in
    spawn { waiting 0 };
    enter, open_in, pass_out, open_out

  let def sleigh () | deer_ready! () | asleep () = reply to deer_ready | harnessed ()
  or study () | elves_ready! () | asleep () = reply to elves_ready | asked ()
  or harnessed () | wait! () = reply Sleigh to wait | sleigh ()
  or asked () | wait! () = reply Study to wait | study ()
  or wake! () = reply to wake | asleep ()

  let deer_in, open_deer, deer_out, close_deer =
    new_room (reindeer, (fun () -> spawn { deer_ready (); }))
  let elf_in, open_elves, elf_out, close_elves = new_room (group, (fun () -> spawn { elves_ready (); }))
  let () = spawn { sleigh () | study () }
  let come = function Sleigh -> deer_in () | Study -> elf_in ()
  let leave = function Sleigh -> deer_out () | Study -> elf_out ()

  let times = function Sleigh -> reindeer | Study -> group

  let serve during =
    wake ();
    let kind = wait () in
    for _ = 1 to times kind do if kind = Sleigh then open_deer () else open_elves () done;
    during kind;
    for _ = 1 to times kind do if kind = Sleigh then close_deer () else close_elves () done
end

module Later () : North_pole = struct
  (* Who comes leaves a channel by which it is let in. *)
  def deer(8, inside) & a_deer(enter) = deers(enter :: inside) & deer(0, [])
  or deer(n, inside) & a_deer(enter) = deer(n + 1, enter :: inside)
  or elf(2, inside) & an_elf(enter) = trios(enter :: inside) & elf(0, [])
  or elf(n, inside) & an_elf(enter) = elf(n + 1, enter :: inside)
  or deers(inside) & santa() = reply (Sleigh, inside) to santa
  or trios(inside) & santa() = reply (Study, inside) to santa

  def deer_out() & deer_gate() = reply to deer_out
  or elf_out() & elf_gate() = reply to elf_out

  let () = spawn deer(0, []) & elf(0, [])

  let come kind =
    def let_in() & inside() = reply to inside in
    let enter () = spawn let_in() in
    (match kind with Sleigh -> spawn a_deer(enter) | Study -> spawn an_elf(enter));
    inside ()

  let leave = function Sleigh -> deer_out () | Study -> elf_out ()

  let serve during =
    let kind, inside = santa () in
    List.iter (fun enter -> enter ()) inside;
    during kind;
    List.iter (fun _ -> match kind with Sleigh -> spawn deer_gate() | Study -> spawn elf_gate()) inside
end

let test name (module N : North_pole) =
  let check text = check (name ^ ": " ^ text) in
  let deer_inside = ref 0 and elves_inside = ref 0 and served = ref [] in
  let inside = function Sleigh -> deer_inside | Study -> elves_inside in
  let visit kind =
    N.come kind;
    incr (inside kind);
    N.leave kind
  in
  def reindeer_lives(n) = if n > 0 then begin visit Sleigh; reindeer_lives(n - 1) end
  and elf_lives() = visit Study; elf_lives() in
  for _ = 1 to reindeer do spawn reindeer_lives(deliveries) done;
  for _ = 1 to elves do spawn elf_lives() done;
  let count kind = List.length (List.filter (( = ) kind) !served) in
  while count Sleigh < deliveries || count Study < consultations do
    N.serve (fun kind ->
        let size = match kind with Sleigh -> reindeer | Study -> group in
        while !(inside kind) < size do Thread.yield () done;
        Thread.yield ();
        check "no others" (!deer_inside + !elves_inside = size);
        inside kind := 0;
        served := kind :: !served)
  done;
  check "deliveries" (count Sleigh = deliveries)

let () =
  test "classic" (module Classic ());
  test "later" (module Later ());
  print_endline "done"

(* stdout {expected|
done
|expected} *)
