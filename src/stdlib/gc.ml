(* The records are made by the runtime, their fields in this order. *)

type stat = {
  minor_words : float;
  promoted_words : float;
  major_words : float;
  minor_collections : int;
  major_collections : int;
  heap_words : int;
  heap_chunks : int;
  live_words : int;
  live_blocks : int;
  free_words : int;
  free_blocks : int;
  largest_free : int;
  fragments : int;
  compactions : int;
  top_heap_words : int;
  stack_size : int;
  forced_major_collections : int;
}
type control = {
  mutable minor_heap_size : int;
  mutable major_heap_increment : int;
  mutable space_overhead : int;
  mutable verbose : int;
  mutable max_overhead : int;
  mutable stack_limit : int;
  mutable allocation_policy : int;
  window_size : int;
  custom_major_ratio : int;
  custom_minor_ratio : int;
  custom_minor_max_size : int;
}

external stat : unit -> stat = "caml_gc_stat"
external quick_stat : unit -> stat = "caml_gc_quick_stat"
external counters : unit -> float * float * float = "caml_gc_counters"
external minor_words : unit -> (float [@unboxed]) = "caml_gc_minor_words"
  "caml_gc_minor_words_unboxed"
external get : unit -> control = "caml_gc_get"
external set : control -> unit = "caml_gc_set"
external collect_minor : unit -> unit = "caml_gc_minor"
external collect_slice : int -> int = "caml_gc_major_slice"
external collect_major : unit -> unit = "caml_gc_major"
external collect_fully : unit -> unit = "caml_gc_full_major"
external collect_compactly : unit -> unit = "caml_gc_compaction"

(* A loop polls, and at a poll the engine runs the finalisers that are due. *)
let poll () =
  let waiting = ref true in
  while !waiting do
    waiting := false
  done

let minor () =
  collect_minor ();
  poll ()

let major_slice n =
  let result = collect_slice n in
  poll ();
  result

let major () =
  collect_major ();
  poll ()

(* What finalisers have made unreachable dies in the next round. *)
let repeatedly collect =
  for _ = 1 to 3 do
    collect ();
    poll ()
  done

let full_major () = repeatedly collect_fully
let compact () = repeatedly collect_compactly

(* Four paragraphs; in the second and the third the figures are aligned to the right, the first being the widest. *)
let print_stat channel =
  let s = stat () in
  let plain column (name, n) = Printf.fprintf channel "%-*s %d\n" column (name ^ ":") n in
  let aligned figures =
    let width = String.length (snd (List.hd figures)) in
    output_char channel '\n';
    List.iter (fun (name, text) -> Printf.fprintf channel "%-16s%*s\n" (name ^ ":") width text) figures
  in
  let words (n : float) = Printf.sprintf "%.0f" n in
  List.iter (plain 23)
    [
      ("minor_collections", s.minor_collections);
      ("major_collections", s.major_collections);
      ("compactions", s.compactions);
      ("forced_major_collections", s.forced_major_collections);
    ];
  aligned
    [
      ("minor_words", words s.minor_words);
      ("promoted_words", words s.promoted_words);
      ("major_words", words s.major_words);
    ];
  aligned
    [
      ("top_heap_words", string_of_int s.top_heap_words);
      ("heap_words", string_of_int s.heap_words);
      ("live_words", string_of_int s.live_words);
      ("free_words", string_of_int s.free_words);
      ("largest_free", string_of_int s.largest_free);
      ("fragments", string_of_int s.fragments);
    ];
  output_char channel '\n';
  List.iter (plain 12)
    [ ("live_blocks", s.live_blocks); ("free_blocks", s.free_blocks); ("heap_chunks", s.heap_chunks) ]

let allocated_bytes () =
  let minor, promoted, major = counters () in
  (minor +. major -. promoted) *. float_of_int (Sys.word_size / 8)

external get_minor_free : unit -> int = "caml_get_minor_free"
external register : ('a -> unit) -> 'a -> unit = "caml_final_register"
external register_last : (unit -> unit) -> 'a -> unit = "caml_final_register_called_without_value"
external finalise_release : unit -> unit = "caml_final_release"

(* The runtime lets no other finaliser begin until this one has ended. *)
let alone f v =
  match f v with
  | () -> finalise_release ()
  | exception e ->
      let trace = Printexc.get_raw_backtrace () in
      finalise_release ();
      Printexc.raise_with_backtrace e trace

let finalise f v = register (alone f) v
let finalise_last f v = register_last (alone f) v

(* An alarm is a cell that the collector finds dead at each major cycle; its finaliser makes the next. *)
type alarm = bool ref

type alarm_cell = { active : alarm; f : unit -> unit }

let rec ring cell =
  if !(cell.active) then begin
    finalise ring (Sys.opaque_identity { cell with f = cell.f });
    cell.f ()
  end

let create_alarm f =
  let active = ref true in
  finalise ring { active; f };
  active

let delete_alarm active = active := false

let eventlog_pause () = ()
let eventlog_resume () = ()

(* The collector does not sample: only a profile of no samples can be started. *)
module Memprof = struct
  type t = { mutable running : bool; mutable discarded : bool }
  type allocation_source = Normal | Marshal | Custom

  type allocation = {
    n_samples : int;
    size : int;
    source : allocation_source;
    callstack : Printexc.raw_backtrace;
  }

  type ('minor, 'major) tracker = {
    alloc_minor : allocation -> 'minor option;
    alloc_major : allocation -> 'major option;
    promote : 'minor -> 'major option;
    dealloc_minor : 'minor -> unit;
    dealloc_major : 'major -> unit;
  }

  let null_tracker =
    {
      alloc_minor = (fun _ -> None);
      alloc_major = (fun _ -> None);
      promote = (fun _ -> None);
      dealloc_minor = ignore;
      dealloc_major = ignore;
    }

  let current : t option ref = ref None

  let start ~sampling_rate ?callstack_size:_ _tracker =
    if not (sampling_rate >= 0. && sampling_rate <= 1.) then invalid_arg "Gc.Memprof.start: invalid sampling rate";
    if sampling_rate > 0. then failwith "Gc.Memprof.start: allocations cannot be sampled.";
    if !current <> None then failwith "Gc.Memprof.start: already started.";
    let profile = { running = true; discarded = false } in
    current := Some profile;
    profile

  let stop () =
    match !current with
    | None -> failwith "Gc.Memprof.stop: no profile running."
    | Some profile ->
        profile.running <- false;
        current := None

  let discard profile =
    if profile.discarded then failwith "Gc.Memprof.discard: profile already discarded."
    else if profile.running then failwith "Gc.Memprof.discard: profile not stopped."
    else profile.discarded <- true
end
