type (_, _) eq = Equal : ('a, 'a) eq

module Id = struct
  (* A witness is a constructor of its own of this type. *)
  type _ witness = ..

  module type Witness = sig
    type t
    type _ witness += Witness : t witness
  end

  type 'a t = (module Witness with type t = 'a)

  let make (type a) () : a t =
    (module struct
      type t = a
      type _ witness += Witness : t witness
    end)

  let uid (type a) ((module W) : a t) = Obj.Extension_constructor.id (Obj.Extension_constructor.of_val W.Witness)

  let provably_equal (type a b) ((module A) : a t) ((module B) : b t) : (a, b) eq option =
    match A.Witness with B.Witness -> Some Equal | _ -> None
end
