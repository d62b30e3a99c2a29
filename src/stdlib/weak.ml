(* Weak pointers. A weak array is an ephemeron without data: two words of the runtime's, then the pointers. *)

type !'a t

external unsafe_create : int -> 'a t = "caml_weak_create"
external unsafe_set : 'a t -> int -> 'a -> unit = "caml_ephe_set_key"
external unsafe_unset : 'a t -> int -> unit = "caml_ephe_unset_key"
external unsafe_get : 'a t -> int -> 'a option = "caml_weak_get"
external unsafe_get_copy : 'a t -> int -> 'a option = "caml_weak_get_copy"
external unsafe_check : 'a t -> int -> bool = "caml_weak_check"
external unsafe_blit : 'a t -> int -> 'a t -> int -> int -> unit = "caml_weak_blit"

let words_before = 2
let length a = Obj.size (Obj.repr a) - words_before

let create n =
  if n < 0 || n > Obj.Ephemeron.max_ephe_length then invalid_arg "Weak.create" else unsafe_create n

let check_index a i name = if i < 0 || i >= length a then invalid_arg name
let check_range a offset n name = if offset < 0 || n < 0 || offset > length a - n then invalid_arg name
let assign a i = function None -> unsafe_unset a i | Some v -> unsafe_set a i v

let set a i v =
  check_index a i "Weak.set";
  assign a i v

let get a i =
  check_index a i "Weak.get";
  unsafe_get a i

let get_copy a i =
  check_index a i "Weak.get_copy";
  unsafe_get_copy a i

let check a i =
  check_index a i "Weak.check";
  unsafe_check a i

let fill a offset n v =
  check_range a offset n "Weak.fill";
  for i = offset to offset + n - 1 do
    assign a i v
  done

let blit source from target into n =
  check_range source from n "Weak.blit";
  check_range target into n "Weak.blit";
  if n > 0 then unsafe_blit source from target into n

(* Hash sets: an array of buckets, each a weak array with the hashes of what it holds. A bucket grows when it is full of
   live values; then a few buckets, in turn, are shrunk if most of what they held has died. When half of the
   buckets are long the table grows. *)

module type S =
  sig
    type data
    type t
    val create : int -> t
    val clear : t -> unit
    val merge : t -> data -> data
    val add : t -> data -> unit
    val remove : t -> data -> unit
    val find : t -> data -> data
    val find_opt : t -> data -> data option
    val find_all : t -> data -> data list
    val mem : t -> data -> bool
    val iter : (data -> unit) -> t -> unit
    val fold : (data -> 'acc -> 'acc) -> t -> 'acc -> 'acc
    val count : t -> int
    val stats : t -> int * int * int * int * int * int
  end

(* A bucket is long from this length on, exclusive. *)
let long_bucket = 7

(* Buckets that are looked at for shrinking each time that one becomes long. *)
let shrink_steps = 3
let larger n = min ((3 * n / 2) + 3) (Sys.max_array_length - words_before)
let smaller n = (((n - 3) * 2) + 2) / 3

module Make (H : Hashtbl.HashedType) = struct
  type data = H.t
  type bucket = { pointers : data t; hashes : int array }

  type set = {
    mutable buckets : bucket array;
    mutable long : int; (* how many buckets are long *)
    mutable limit : int; (* longer buckets are long; max_int when the table cannot grow any more *)
    mutable next_to_shrink : int;
  }

  type t = set

  let empty_bucket = { pointers = create 0; hashes = [||] }

  let create n =
    let n = min (max n long_bucket) Sys.max_array_length in
    { buckets = Array.make n empty_bucket; long = 0; limit = long_bucket; next_to_shrink = 0 }

  let clear set =
    Array.fill set.buckets 0 (Array.length set.buckets) empty_bucket;
    set.long <- 0;
    set.limit <- long_bucket

  let hash v = H.hash v land max_int
  let bucket_index set h = h mod Array.length set.buckets

  (* Traversals *)

  let fold_bucket f bucket acc =
    let acc = ref acc in
    for i = 0 to length bucket.pointers - 1 do
      match unsafe_get bucket.pointers i with None -> () | Some v -> acc := f v !acc
    done;
    !acc

  let fold f set acc = Array.fold_right (fold_bucket f) set.buckets acc
  let iter f set = Array.iter (fun bucket -> fold_bucket (fun v () -> f v) bucket ()) set.buckets

  let live bucket =
    let n = ref 0 in
    for i = 0 to length bucket.pointers - 1 do
      if unsafe_check bucket.pointers i then incr n
    done;
    !n

  let count set = Array.fold_left (fun n bucket -> n + live bucket) 0 set.buckets

  (* Growing and shrinking *)

  (* The live pointers at the end of a bucket move into the holes at its beginning. *)
  let compact { pointers; hashes } kept =
    let rec fill hole last =
      if last >= kept then
        if unsafe_check pointers hole then fill (hole + 1) last
        else begin
          let moves = unsafe_check pointers last in
          if moves then begin
            unsafe_blit pointers last pointers hole 1;
            hashes.(hole) <- hashes.(last)
          end;
          fill (if moves then hole + 1 else hole) (last - 1)
        end
    in
    fill 0 (length pointers - 1)

  let resized_bucket { pointers; hashes } n =
    let kept = min n (length pointers) in
    let resized = { pointers = unsafe_create n; hashes = Array.make n 0 } in
    blit pointers 0 resized.pointers 0 kept;
    Array.blit hashes 0 resized.hashes 0 kept;
    resized

  let shrink_one set =
    let i = set.next_to_shrink in
    let bucket = set.buckets.(i) in
    let n = length bucket.pointers in
    let kept = smaller n in
    if live bucket <= kept then begin
      compact bucket kept;
      set.buckets.(i) <- (if kept = 0 then empty_bucket else resized_bucket bucket kept);
      if n > set.limit && kept <= set.limit then set.long <- set.long - 1
    end;
    set.next_to_shrink <- (i + 1) mod Array.length set.buckets

  (* [place bucket i] puts the value into the first empty place of its bucket. *)
  let rec insert set place h =
    let index = bucket_index set h in
    let bucket = set.buckets.(index) in
    let n = length bucket.pointers in
    let rec first_empty i = if i < n && unsafe_check bucket.pointers i then first_empty (i + 1) else i in
    let i = first_empty 0 in
    if i < n then begin
      place bucket i;
      bucket.hashes.(i) <- h
    end
    else begin
      let grown = larger n in
      if grown <= n then failwith "Weak.Make: hash bucket cannot grow more";
      let bucket = resized_bucket bucket grown in
      place bucket n;
      bucket.hashes.(n) <- h;
      set.buckets.(index) <- bucket;
      if n <= set.limit && grown > set.limit then begin
        set.long <- set.long + 1;
        for _ = 1 to shrink_steps do
          shrink_one set
        done
      end;
      if set.long > Array.length set.buckets / 2 then grow set
    end

  and grow set =
    let n = Array.length set.buckets in
    let larger = min ((3 * n / 2) + 3) Sys.max_array_length in
    if larger > n then begin
      let target = create larger in
      let move { pointers; hashes } =
        Array.iteri
          (fun i h ->
            if unsafe_check pointers i then
              insert target (fun bucket place -> unsafe_blit pointers i bucket.pointers place 1) h)
          hashes
      in
      Array.iter move set.buckets;
      set.buckets <- target.buckets;
      set.limit <- target.limit;
      set.long <- target.long;
      set.next_to_shrink <- set.next_to_shrink mod larger
    end
    else begin
      set.limit <- max_int;
      set.long <- 0
    end

  let insert_value set v h = insert set (fun bucket i -> unsafe_set bucket.pointers i v) h
  let add set v = insert_value set v (hash v)

  (* Searching. What is compared first is a copy, so that a value that is not wanted may go on dying. *)

  (* The first place at or after [i] of its bucket where a value equal to [v] lives. *)
  let rec search bucket h v i =
    if i >= length bucket.pointers then None
    else if bucket.hashes.(i) <> h then search bucket h v (i + 1)
    else
      match unsafe_get_copy bucket.pointers i with
      | Some copy when H.equal copy v -> Some i
      | _ -> search bucket h v (i + 1)

  let rec search_value bucket h v i =
    match search bucket h v i with
    | None -> None
    | Some i -> (
        match unsafe_get bucket.pointers i with
        | Some _ as found -> found
        | None -> search_value bucket h v (i + 1))

  let bucket_of set h = set.buckets.(bucket_index set h)

  let find_opt set v =
    let h = hash v in
    search_value (bucket_of set h) h v 0

  let find set v = match find_opt set v with Some found -> found | None -> raise Not_found

  let merge set v =
    let h = hash v in
    match search_value (bucket_of set h) h v 0 with
    | Some found -> found
    | None ->
        insert_value set v h;
        v

  let mem set v =
    let h = hash v in
    search (bucket_of set h) h v 0 <> None

  let remove set v =
    let h = hash v in
    let bucket = bucket_of set h in
    match search bucket h v 0 with None -> () | Some i -> unsafe_unset bucket.pointers i

  let find_all set v =
    let h = hash v in
    let bucket = bucket_of set h in
    let rec collect i =
      match search bucket h v i with
      | None -> []
      | Some i -> (
          match unsafe_get bucket.pointers i with
          | Some found -> found :: collect (i + 1)
          | None -> collect (i + 1))
    in
    collect 0

  let stats set =
    let lengths = Array.map (fun bucket -> length bucket.pointers) set.buckets in
    Array.sort compare lengths;
    let n = Array.length lengths in
    (n, count set, Array.fold_left ( + ) 0 lengths, lengths.(0), lengths.(n / 2), lengths.(n - 1))
end
