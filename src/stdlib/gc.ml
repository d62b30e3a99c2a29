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
external minor : unit -> unit = "caml_gc_minor"
external major_slice : int -> int = "caml_gc_major_slice"
external major : unit -> unit = "caml_gc_major"
external full_major : unit -> unit = "caml_gc_full_major"
external compact : unit -> unit = "caml_gc_compaction"

let print_stat channel =
  let s = stat () in
  let print_float name v = Printf.fprintf channel "%s: %*.0f\n" name (28 - String.length name) v in
  let print_int name v = Printf.fprintf channel "%s: %*d\n" name (28 - String.length name) v in
  print_int "minor_collections" s.minor_collections;
  print_int "major_collections" s.major_collections;
  print_int "compactions" s.compactions;
  print_int "forced_major_collections" s.forced_major_collections;
  print_float "minor_words" s.minor_words;
  print_float "promoted_words" s.promoted_words;
  print_float "major_words" s.major_words;
  print_int "heap_words" s.heap_words;
  print_int "heap_chunks" s.heap_chunks;
  print_int "top_heap_words" s.top_heap_words;
  print_int "live_words" s.live_words;
  print_int "live_blocks" s.live_blocks;
  print_int "free_words" s.free_words;
  print_int "free_blocks" s.free_blocks;
  print_int "largest_free" s.largest_free;
  print_int "fragments" s.fragments

let allocated_bytes () =
  let minor, promoted, major = counters () in
  (minor +. major -. promoted) *. float_of_int (Sys.word_size / 8)

external get_minor_free : unit -> int = "caml_get_minor_free"
external finalise : ('a -> unit) -> 'a -> unit = "caml_final_register"
external finalise_last : (unit -> unit) -> 'a -> unit = "caml_final_register_called_without_value"
external finalise_release : unit -> unit = "caml_final_release"

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
