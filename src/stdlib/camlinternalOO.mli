(** What compiled classes and objects call. For the compiler: the positions of these functions in the unit's block are
    known to [src/lambda/class-runtime.ts]. *)

(** An object of whatever class. *)
type obj

(** A class while its methods are being collected, and then what makes its objects. *)
type table

(** The place of a method in the objects' block of methods. *)
type slot = int

type meth

(** The number of a method's name, by which it is found in any object that has it: the hash of polymorphic variants. *)
type tag

val public_method_label : string -> tag

(** {1 Building a class} *)

(** A table for a class with these public methods. *)
val create_table : string array -> table

(** The slot of a method by its name. *)
val method_slot : table -> string -> slot

(** The field of an instance variable by its name; [""] names a new one that nobody else can mention. *)
val variable : table -> string -> int

val set_method : table -> slot -> meth -> unit

(** What the method is so far: what [super] means. *)
val get_method : table -> slot -> meth

val add_initializer : table -> (obj -> unit) -> unit

(** [enter table variables methods virtuals] begins the part of an inherited class of which only these instance
    variables and methods are seen, [virtuals] among the methods as virtual. *)
val enter : table -> string array -> string array -> string array -> unit

(** Ends the part that the last [enter] began. *)
val leave : table -> unit

(** To be called when all methods are there, before the first object is made. *)
val finish : table -> unit

(** {1 Making objects} *)

(** An object with a new identity whose instance variables are all [()]. *)
val create_object : table -> obj

val run_initializers : table -> obj -> unit
val copy : (< .. > as 'a) -> 'a
