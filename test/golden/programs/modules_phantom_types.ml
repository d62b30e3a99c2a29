(* Phantom parameters: states and units that exist in types only. *)

(* A file handle whose permissions are in its type. *)
module Handle : sig
  type 'permission t
  type read = [ `Read ]
  type write = [ `Write ]
  type both = [ `Read | `Write ]
  val create : string -> both t
  val read : [> read ] t -> string
  val append : [> write ] t -> string -> unit
  val read_only : [> read ] t -> read t
end = struct
  type 'permission t = { name : string; content : Buffer.t }
  type read = [ `Read ]
  type write = [ `Write ]
  type both = [ `Read | `Write ]
  let create name = { name; content = Buffer.create 16 }
  let read h = h.name ^ ": " ^ Buffer.contents h.content
  let append h text = Buffer.add_string h.content text
  let read_only h = { name = h.name; content = h.content }
end

(* Quantities with units. *)
module Quantity : sig
  type 'unit t
  type metre
  type second
  type ('a, 'b) per
  val metres : float -> metre t
  val seconds : float -> second t
  val ( + ) : 'u t -> 'u t -> 'u t
  val ( / ) : 'a t -> 'b t -> ('a, 'b) per t
  val ( * ) : ('a, 'b) per t -> 'b t -> 'a t
  val value : 'u t -> float
end = struct
  type 'unit t = float
  type metre = |
  type second = |
  type ('a, 'b) per = |
  let metres x = x
  let seconds x = x
  let ( + ) = ( +. )
  let ( / ) = ( /. )
  let ( * ) = ( *. )
  let value x = x
end

(* A door that can only be opened when it is closed and not locked. *)
module Door : sig
  type opened
  type closed
  type locked
  type _ t
  val make : string -> closed t
  val open_ : closed t -> opened t
  val close : opened t -> closed t
  val lock : closed t -> int -> locked t
  val unlock : locked t -> int -> (closed t, locked t) result
  val history : _ t -> string
end = struct
  type opened = Opened
  type closed = Closed
  type locked = Locked
  type _ t = { log : string list; code : int }
  let make name = { log = [ name ]; code = 0 }
  let note d text = { log = text :: d.log; code = d.code }
  let open_ d = note d "open"
  let close d = note d "close"
  let lock d code = note { log = d.log; code } "lock"
  let unlock d code = if code = d.code then Ok (note d "unlock") else Error (note d "refuse")
  let history d = String.concat " " (List.rev d.log)
  let _ = (Opened, Closed, Locked)
end

(* Lists that know whether they are empty. *)
module Safe : sig
  type ('a, 'state) t = private 'a list
  val nil : ('a, [ `Empty ]) t
  val cons : 'a -> ('a, _) t -> ('a, [ `Filled ]) t
  val head : ('a, [ `Filled ]) t -> 'a
end = struct
  type ('a, 'state) t = 'a list
  let nil = []
  let cons x l = x :: l
  let head = List.hd
end

let () =
  let h = Handle.create "notes" in
  Handle.append h "one";
  let r = Handle.read_only h in
  Handle.append h ", two";
  print_endline (Handle.read r);
  print_endline (Handle.read h);
  let speed = Quantity.(metres 100. / seconds 8.) in
  let far = Quantity.((speed * seconds 60.) + metres 0.5) in
  Printf.printf "%g %g\n" (Quantity.value speed) (Quantity.value far);
  let locked = Door.(lock (close (open_ (make "door"))) 42) in
  (match Door.unlock locked 41 with Ok _ -> () | Error d -> print_endline (Door.history d));
  (match Door.unlock locked 42 with Ok d -> print_endline (Door.history (Door.open_ d)) | Error _ -> ());
  let l = Safe.(cons 1 (cons 2 nil)) in
  Printf.printf "%d %d\n" (Safe.head l) (List.length (l :> int list))

(* stdout {expected|
notes: one, two
notes: one, two
12.5 750.5
door open close lock refuse
door open close lock unlock open
1 2
|expected} *)
