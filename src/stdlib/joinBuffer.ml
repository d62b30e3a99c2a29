type 'a t = { put : 'a -> unit; get : unit -> 'a }

(* As many messages on [room] as there are free places; [items] holds the others, front and reversed back, the front never empty before
   the back is. *)
let create size =
  if size < 1 then invalid_arg "JoinBuffer.create";
  def items([], _) & room() & put(x) = items([x], []) & reply to put
  or items(front, back) & room() & put(x) = items(front, x :: back) & reply to put
  or items([x], back) & get() = items(List.rev back, []) & room() & reply x to get
  or items(x :: front, back) & get() = items(front, back) & room() & reply x to get in
  spawn items([], []);
  for _ = 1 to size do
    spawn room()
  done;
  { put; get }
