(* Bounded buffers: nothing is lost, doubled or overtaken, and there are never more elements in them than allowed. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

type 'a buffer = { put : 'a -> unit; get : unit -> 'a; length : unit -> int }

module Classic = struct
  let new_buffer size =
    let def put! x | items (n, front, back) when n < size = items (n + 1, front, x :: back) | reply to put
    or get! () | items (n, x :: front, back) = items (n - 1, front, back) | reply x to get
    or get! () | items (n, [], (_ :: _ as back)) =
      let front = List.rev back in
      items (n - 1, List.tl front, []) | reply List.hd front to get
    or length! () | items (n, front, back) = items (n, front, back) | reply n to length in
    spawn { items (0, [], []) };
    { put; get; length }
end

(* The free places are messages. *)
module Later = struct
  let new_buffer size =
    def put(x) & room() & items(front, back) = items(front, x :: back) & reply to put
    or get() & items(x :: front, back) = items(front, back) & room() & reply x to get
    or get() & items([], (_ :: _ as back)) =
      let front = List.rev back in
      items(List.tl front, []) & room() & reply List.hd front to get
    or length() & items(front, back) =
      items(front, back) & reply List.length front + List.length back to length in
    spawn items([], []);
    for _ = 1 to size do spawn room() done;
    { put; get; length }
end

module type Buffers = sig
  val new_buffer : int -> 'a buffer
end

let producers = 3
let consumers = 4
let each = 40
let size = 5

let test name (module B : Buffers) =
  let check text = check (name ^ ": " ^ text) in
  let buffer = B.new_buffer size in
  let seen = Array.make_matrix producers each 0 in
  let got = Array.make_matrix consumers producers (-1) in
  def produce(who) =
    for i = 0 to each - 1 do
      buffer.put (Some (who, i));
      check "not too many" (buffer.length () <= size)
    done;
    produced()
  and consume(who) =
    let rec go () =
      match buffer.get () with
      | None -> ()
      | Some (from, i) ->
          seen.(from).(i) <- seen.(from).(i) + 1;
          check "in order" (got.(who).(from) < i);
          got.(who).(from) <- i;
          go ()
    in
    go ();
    consumed()
  and produced() & producing(n) = producing(n - 1)
  or producing(0) & all_produced() = reply to all_produced
  and consumed() & consuming(n) = consuming(n - 1)
  or consuming(0) & all_consumed() = reply to all_consumed in
  spawn producing(producers) & consuming(consumers);
  for who = 0 to consumers - 1 do spawn consume(who) done;
  for who = 0 to producers - 1 do spawn produce(who) done;
  all_produced ();
  for _ = 1 to consumers do buffer.put None done;
  all_consumed ();
  check "once each" (Array.for_all (Array.for_all (( = ) 1)) seen);
  check "empty" (buffer.length () = 0)

let () =
  test "classic" (module Classic);
  test "later" (module Later);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
