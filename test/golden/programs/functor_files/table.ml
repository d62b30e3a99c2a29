module Make (K : Key.S) = struct
  type 'v t = (K.t * 'v) list ref
  let create () : 'v t = ref []
  let set t k v = t := List.sort (fun (a, _) (b, _) -> K.compare a b) ((k, v) :: List.filter (fun (k', _) -> K.compare k k' <> 0) !t)
  let show f t = String.concat ", " (List.map (fun (k, v) -> K.to_string k ^ "=" ^ f v) !t)
end
