(* options -w -a+51 *)
let rec f x = if x = 0 then 0 else 1 + (f [@tailcall]) (x - 1)
let rec g x = if x = 0 then 0 else (g [@tailcall]) (x - 1)
let rec h x = if x = 0 then 0 else (h [@ocaml.tailcall true]) (x - 1)
let rec i x = if x = 0 then 0 else 1 + (i [@tailcall true]) (x - 1)
let rec j x = if x = 0 then 0 else (j [@tailcall false]) (x - 1)
let rec k x = if x = 0 then 0 else 1 + (k [@tailcall false]) (x - 1)
let l x = (List.length [@tailcall]) x
let m x = try (List.length [@tailcall]) x with _ -> 1
let n x = let y = (List.length [@tailcall]) x in y
let o x = (List.length [@tailcall]) x; ()
let p x = [ (List.length [@tailcall]) x ]
let q x = (List.hd [@tailcall]) x && true
let r x = true && (List.hd [@tailcall]) x
let s x = (fst [@tailcall]) x
let t = (List.length [@tailcall]) []
let u o = (o#m [@tailcall]) 1
let v o = 1 + (o#m [@tailcall]) 1
let w x = match (List.length [@tailcall]) x with 1 -> (List.hd [@tailcall]) x | _ -> 3
