(** Channels of the join calculus as values, and messages that come later. The language itself is described in docs/JOIN.md. *)

(** An asynchronous channel: [<<'a>>] by another name. *)
type 'a chan = <<'a>>

(** What [let loc] defines. *)
type location

(** A message that is to be sent later. *)
type timer

(** [after seconds channel message] sends the message to the channel after some seconds, at once when these are not positive. A
    program does not end while such a message is to come. In a definition it is one more message to wait for:
    {[
      let get_within seconds buffer =
        def got(x) & result() = reply Some x to result
        or late() & result() = reply None to result in
        ...
    ]}
    Messages that are due at the same time are sent in the order of the calls.
    @raise Invalid_argument for [nan]. *)
val after : float -> 'a chan -> 'a -> timer

(** Whether it came in time: the message will not be sent. [false] when it has been sent or cancelled before. *)
val cancel : timer -> bool
