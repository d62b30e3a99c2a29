type 'a t
exception Underflow of string
val empty : 'a t
val push : 'a -> 'a t -> 'a t
val pop : 'a t -> 'a * 'a t
val size : 'a t -> int
