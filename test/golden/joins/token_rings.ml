(* Token rings: a token visits the stations in turn, and whoever has it is alone. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

let stations = 7
let rounds = 20

module Classic = struct
  (* [log i] at each station; returns when the token has gone round [rounds] times. *)
  let run log =
    let def over () | wait! () = reply to wait in
    let new_station (i, next) =
      let def token n =
        log i;
        if n = 0 then over () else next (n - 1) in
      token in
    let def first_of token | first n = first_of token | token n in
    let rec ring i = if i = stations then first else new_station (i, ring (i + 1)) in
    let token = ring 0 in
    spawn { first_of token | token (stations * rounds - 1) };
    wait ()
end

module Later = struct
  (* The stations are one channel whose message says where it is. *)
  let run log =
    def token(i, n) = log i; if n = 0 then over() else token((i + 1) mod stations, n - 1)
    and over() & wait() = reply to wait in
    spawn token(0, stations * rounds - 1);
    wait ()
end

let test name run =
  let visits = ref [] and inside = ref 0 in
  run (fun i ->
      incr inside;
      Thread.yield ();
      check (name ^ ": alone") (!inside = 1);
      visits := i :: !visits;
      decr inside);
  check (name ^ ": order") (List.rev !visits = List.init (stations * rounds) (fun k -> k mod stations))

let () =
  test "classic" Classic.run;
  test "later" Later.run;
  print_endline "done"

(* stdout {expected|
done
|expected} *)
