(* A simulation of a shop with an event queue, clients and tills, all objects. *)

class random seed =
  object (self)
    val mutable state = seed
    method next =
      state <- ((state * 1103515245) + 12345) land 0x3FFFFFFF;
      state lsr 8
    method below n = self#next mod n
    method pick : 'a. 'a array -> 'a = fun a -> a.(self#below (Array.length a))
  end

class ['event] agenda =
  object (self)
    val mutable events : (int * int * 'event) list = []
    val mutable now = 0
    val mutable serial = 0
    method now = now
    method at time (e : 'event) =
      serial <- serial + 1;
      let entry = (time, serial, e) in
      let rec insert = function
        | ((t, s, _) as first) :: rest when (t, s) < (time, serial) -> first :: insert rest
        | l -> entry :: l
      in
      events <- insert events
    method after delay e = self#at (now + delay) e
    method run until =
      match events with
      | (time, _, e) :: rest when time <= until ->
          events <- rest;
          now <- time;
          e#happen;
          self#run until
      | _ -> now <- until
  end

class type event =
  object
    method happen : unit
  end

class client number patience =
  object
    val mutable arrived = 0
    method number : int = number
    method patience : int = patience
    method arrive time = arrived <- time
    method waited time = time - arrived
  end

class statistics =
  object
    val mutable served = 0
    val mutable lost = 0
    val mutable waited = 0
    val mutable longest = 0
    method serve time =
      served <- served + 1;
      waited <- waited + time;
      longest <- max longest time
    method lose = lost <- lost + 1
    method show =
      Printf.sprintf "served %d, lost %d, waited %.2f on average, %d at most" served lost
        (float_of_int waited /. float_of_int (max 1 served))
        longest
  end

class till name (agenda : event agenda) (random : random) (statistics : statistics) =
  object (self)
    val queue : client Queue.t = Queue.create ()
    val mutable busy = false
    method name : string = name
    method length = Queue.length queue + if busy then 1 else 0
    method join (c : client) =
      c#arrive agenda#now;
      Queue.add c queue;
      if not busy then self#next
    method private next =
      match Queue.take_opt queue with
      | None -> busy <- false
      | Some c when c#waited agenda#now > c#patience ->
          statistics#lose;
          self#next
      | Some c ->
          busy <- true;
          statistics#serve (c#waited agenda#now);
          agenda#after (self#duration c)
            (object
               method happen = self#next
             end)
    method private duration (_ : client) = 3 + random#below 6
  end

class fast_till name agenda random statistics =
  object
    inherit till name agenda random statistics as super
    method! private duration c = (super#duration c + 1) / 2
  end

class shop (agenda : event agenda) random (tills : till list) =
  object (self)
    val mutable clients = 0
    method happen =
      clients <- clients + 1;
      let c = new client clients (5 + random#below 20) in
      let shortest = List.fold_left (fun a b -> if b#length < a#length then b else a) (List.hd tills) tills in
      shortest#join c;
      agenda#after (1 + random#below 3) (self :> event)
    method clients = clients
  end

let simulate make_tills seed =
  let agenda = new agenda and random = new random seed and statistics = new statistics in
  let tills = make_tills agenda random statistics in
  let shop = new shop agenda random tills in
  agenda#at 0 (shop :> event);
  agenda#run 5000;
  Printf.printf "%d clients: %s; left in queues: %s\n" shop#clients statistics#show
    (String.concat " " (List.map (fun t -> Printf.sprintf "%s %d" t#name t#length) tills))

let () =
  let slow a r s = List.map (fun n -> new till n a r s) [ "one"; "two" ] in
  let mixed a r s = [ new till "slow" a r s; (new fast_till "fast" a r s :> till) ] in
  let many a r s = List.init 4 (fun i -> new till (string_of_int i) a r s) in
  simulate slow 1;
  simulate mixed 1;
  simulate many 1;
  simulate mixed 42

(* stdout {expected|
2478 clients: served 1807, lost 665, waited 8.98 on average, 21 at most; left in queues: one 4 two 4
2491 clients: served 2412, lost 77, waited 2.68 on average, 18 at most; left in queues: slow 2 fast 2
2479 clients: served 2479, lost 0, waited 0.18 on average, 8 at most; left in queues: 0 1 1 1 2 1 3 0
2461 clients: served 2396, lost 62, waited 2.71 on average, 17 at most; left in queues: slow 3 fast 2
|expected} *)
