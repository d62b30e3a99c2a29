(* An array of mutable records, about a gigabyte, that are changed in no order: every store goes through the write barrier. *)

type record = { mutable name : string; mutable partner : record option; mutable count : int; mutable ratio : float }

let size = 8_000_000
let name n = "record " ^ string_of_int n

let () =
  let records = Array.init size (fun n -> { name = name n; partner = None; count = n; ratio = float n }) in
  Steady.run (fun i ->
      let r = records.(Steady.random size) and s = records.(Steady.random size) in
      r.name <- name i;
      r.partner <- Some s;
      s.count <- s.count + 1;
      s.ratio <- s.ratio +. 0.5;
      if i land 7 = 0 then records.(Steady.random size) <- { r with count = i });
  ignore (Sys.opaque_identity records)
