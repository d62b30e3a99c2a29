(* Subjects and observers, as in the manual, and an event dispatcher. *)

class virtual ['subject, 'event] observer =
  object
    method virtual notify : 'subject -> 'event -> unit
  end

class ['observer, 'event] subject =
  object (self)
    val mutable observers = ([] : 'observer list)
    method add_observer obs = observers <- obs :: observers
    method notify_observers (e : 'event) = List.iter (fun x -> x#notify self e) observers
  end

type event = Raise | Resize | Move

let string_of_event = function Raise -> "Raise" | Resize -> "Resize" | Move -> "Move"
let count = ref 0

class ['observer] window_subject =
  let id = incr count; !count in
  object (self)
    inherit ['observer, event] subject
    val mutable position = 0
    method identity = id
    method move x =
      position <- position + x;
      self#notify_observers Move
    method draw = Printf.printf "{Position = %d}\n" position
  end

class ['subject] window_observer =
  object
    inherit ['subject, event] observer
    method notify s _ = s#draw
  end

let window = new window_subject
let () = window#add_observer (new window_observer)
let () = window#move 1

class ['observer] richer_window_subject =
  object (self)
    inherit ['observer] window_subject
    val mutable size = 1
    method resize x =
      size <- size + x;
      self#notify_observers Resize
    val mutable top = false
    method raise =
      top <- true;
      self#notify_observers Raise
    method! draw = Printf.printf "{Position = %d; Size = %d}\n" position size
  end

class ['subject] richer_window_observer =
  object
    inherit ['subject] window_observer as super
    method! notify s e =
      if e <> Raise then s#raise;
      super#notify s e
  end

class ['subject] trace_observer =
  object
    inherit ['subject, event] observer
    method notify s e = Printf.printf "<Window %d <== %s>\n" s#identity (string_of_event e)
  end

let () =
  let window = new richer_window_subject in
  window#add_observer (new richer_window_observer);
  window#add_observer (new trace_observer);
  window#move 1;
  window#resize 2

(* A dispatcher with handlers of any kind. *)
class type handler =
  object
    method handle : string -> bool
    method name : string
  end

class dispatcher =
  object (self)
    val handlers : (string, handler) Hashtbl.t = Hashtbl.create 7
    val mutable dropped = 0
    method register kind (h : handler) = Hashtbl.add handlers kind h
    method unregister kind = Hashtbl.remove handlers kind
    method dropped = dropped
    method post kind payload =
      let rec attempt = function
        | [] -> self#missed kind
        | h :: rest -> if not (h#handle payload) then attempt rest
      in
      attempt (Hashtbl.find_all handlers kind)
    method private missed kind =
      dropped <- dropped + 1;
      Printf.printf "nobody handles %s\n" kind
  end

class logger prefix =
  object
    val mutable lines = 0
    method name = prefix
    method handle payload =
      lines <- lines + 1;
      Printf.printf "%s%d: %s\n" prefix lines payload;
      true
  end

let only p (h : handler) : handler =
  object
    method name = "only " ^ h#name
    method handle s = p s && h#handle s
  end

let () =
  let d = new dispatcher in
  let log = new logger "log" in
  d#register "a" (log :> handler);
  d#register "a" (only (fun s -> String.length s > 3) (new logger "long" :> handler));
  d#register "b" (only (fun _ -> false) (log :> handler));
  d#post "a" "xy";
  d#post "a" "wxyz";
  d#post "b" "lost";
  d#unregister "a";
  d#post "a" "wxyz";
  Printf.printf "%d\n" d#dropped

(* stdout {expected|
{Position = 1}
<Window 1 <== Move>
<Window 1 <== Raise>
{Position = 1; Size = 1}
{Position = 1; Size = 1}
<Window 1 <== Resize>
<Window 1 <== Raise>
{Position = 1; Size = 3}
{Position = 1; Size = 3}
log1: xy
long1: wxyz
nobody handles b
log2: wxyz
1
|expected} *)
