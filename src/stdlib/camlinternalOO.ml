(* Classes and objects at run time.

     object    [methods, identity, instance variables…]            tag Object
     methods   [mask, label, method, label, method…, method…]

   The public methods are a hash table in the block of methods: that of label l is looked for at pair
   [l land (size - 1)] and the pairs after it. The size is a power of two, chosen such that usually each method is where it is
   looked for first; [mask] is 8 * (size - 1). A send has the probe inline and calls caml_get_public_method for the rest.
   Private methods follow. A slot is an index into the block of methods, so a send to self is a load.

   A class compiles to a function that builds its part of a table, for itself or for a class that inherits from it, and yields
   the function that initialises an object's part. Methods are closures that know the slots of this table. *)

module Names = Map.Make (String)

type obj = Obj.t
type slot = int
type meth = Obj.t
type tag = int

(* What an inherited class sees of the table. *)
type view = {
  slots : slot Names.t;
  variables : int Names.t;
  (* Slots of methods that are virtual here: a definition is for [super] only, and goes to [hidden]. *)
  virtuals : slot list;
  hidden : (slot * meth) list;
}

type table = {
  mutable methods : meth array;
  (* How much of [methods] is used. *)
  mutable count : int;
  (* The words of an object. *)
  mutable size : int;
  mutable view : view;
  (* The views around those of inherited classes, with the variables and the virtual methods that [enter] named. *)
  mutable outer : (view * string array * slot list) list;
  (* Last first until the class is finished. *)
  mutable initializers : (obj -> unit) list;
}

let public_method_label name =
  let hash = ref 0 in
  for i = 0 to String.length name - 1 do
    hash := (223 * !hash) + Char.code (String.unsafe_get name i)
  done;
  let low = !hash land 0x7fff_ffff in
  if low > 0x3fff_ffff then low - 0x8000_0000 else low

(* {1 Building a class} *)

(* No label: they have 31 bits. *)
let no_label = Obj.repr max_int
let no_method = Obj.repr 0

(* Whether no two labels fall on the same pair. *)
let spreads labels size =
  let taken = Bytes.make size '\000' in
  Array.for_all
    (fun label ->
      let pair = label land (size - 1) in
      let free = Bytes.get taken pair = '\000' in
      Bytes.set taken pair '\001';
      free)
    labels

let rec power_of_two_from n size = if size >= n then size else power_of_two_from n (2 * size)

(* How many pairs: the fewest that need no second look, unless that were many. *)
let pairs_for labels =
  let count = Array.length labels in
  let rec first size =
    if size > 8 * count then power_of_two_from (2 * count) 1
    else if spreads labels size then size
    else first (2 * size)
  in
  if count = 0 then 1 else first (power_of_two_from count 1)

let create_table names =
  let labels = Array.map public_method_label names in
  let size = pairs_for labels in
  let methods = Array.make (1 + (2 * size)) no_method in
  methods.(0) <- Obj.repr (8 * (size - 1));
  for pair = 0 to size - 1 do
    methods.(1 + (2 * pair)) <- no_label
  done;
  let rec place label pair =
    if methods.(1 + (2 * pair)) == no_label then (
      methods.(1 + (2 * pair)) <- Obj.repr label;
      2 + (2 * pair))
    else place label ((pair + 1) land (size - 1))
  in
  let slots = ref Names.empty in
  Array.iteri (fun i name -> slots := Names.add name (place labels.(i) (labels.(i) land (size - 1))) !slots) names;
  {
    methods;
    count = Array.length methods;
    size = 2;
    view = { slots = !slots; variables = Names.empty; virtuals = []; hidden = [] };
    outer = [];
    initializers = [];
  }

let new_slot table =
  let slot = table.count in
  if slot = Array.length table.methods then
    table.methods <- Array.append table.methods (Array.make (slot + 1) no_method);
  table.count <- slot + 1;
  slot

let method_slot table name =
  let { view; _ } = table in
  match Names.find_opt name view.slots with
  | Some slot -> slot
  | None ->
      let slot = new_slot table in
      table.view <- { view with slots = Names.add name slot view.slots };
      slot

let new_variable table =
  let field = table.size in
  table.size <- field + 1;
  field

let variable table name =
  if name = "" then new_variable table
  else
    let { view; _ } = table in
    match Names.find_opt name view.variables with
    | Some field -> field
    | None ->
        let field = new_variable table in
        table.view <- { view with variables = Names.add name field view.variables };
        field

let set_method table slot meth =
  let { view; _ } = table in
  if List.mem slot view.virtuals then table.view <- { view with hidden = (slot, meth) :: view.hidden }
  else table.methods.(slot) <- meth

let get_method table slot =
  match List.assoc_opt slot table.view.hidden with Some meth -> meth | None -> table.methods.(slot)

let add_initializer table f = table.initializers <- f :: table.initializers
let without slots hidden = List.filter (fun (slot, _) -> not (List.mem slot slots)) hidden

let enter table variables methods virtuals =
  let named = Array.map (fun name -> (name, method_slot table name)) methods in
  let virtual_slots = List.map (method_slot table) (Array.to_list virtuals) in
  let { view; _ } = table in
  table.outer <- (view, variables, virtual_slots) :: table.outer;
  table.view <-
    {
      slots = Array.fold_left (fun slots (name, slot) -> Names.add name slot slots) Names.empty named;
      variables = Names.filter (fun name _ -> Array.mem name variables) view.variables;
      virtuals = virtual_slots @ view.virtuals;
      hidden = without virtual_slots view.hidden;
    }

let leave table =
  match table.outer with
  | [] -> assert false
  | (view, variables, virtual_slots) :: outer ->
      let inner = table.view in
      let seen known name =
        match Names.find_opt name inner.variables with
        | Some field -> Names.add name field known
        | None -> known
      in
      table.outer <- outer;
      table.view <-
        {
          view with
          variables = Array.fold_left seen view.variables variables;
          hidden = without virtual_slots inner.hidden @ view.hidden;
        }

let finish table =
  table.methods <- Array.sub table.methods 0 table.count;
  table.initializers <- List.rev table.initializers

(* {1 Making objects} *)

external object_of : meth array -> int -> obj = "caml_object_create"
external copy_of : 'a -> 'a = "caml_object_copy"

let create_object table = object_of table.methods table.size

let rec apply_all initializers o =
  match initializers with
  | [] -> ()
  | f :: rest ->
      f o;
      apply_all rest o

(* Small, so that what makes objects has the test inline. *)
let run_initializers table o = if table.initializers != [] then apply_all table.initializers o
let copy o = copy_of o
