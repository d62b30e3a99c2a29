let both c = let (a, b) = if c then (1, 2.5) else (3, 4.5) in float a +. b
let find k = if k = 0 then None else if k = 1 then Some 3 else Some (k * 2)
let use k = match (if k = 0 then None else if k = 1 then Some 3 else Some (k * 2)) with None -> -1 | Some n -> n + 1
let tri x = let (q, r) = match x with 0 -> (0, 0) | n when n > 10 -> failwith "big" | n -> (n / 2, n mod 2) in q * r
let kept c = let t = if c then (1, 2) else (3, 4) in (t, fst t)
let is_some = function None -> false | Some _ -> true
let test o = if is_some o then 1 else 2
