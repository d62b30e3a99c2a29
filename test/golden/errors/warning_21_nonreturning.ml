(* options -w -a+21 *)
let f () = raise Not_found; 1
let g () = exit 1; ()
let h () = (failwith "a" : 'a); ()
let i () = while true do raise Exit done
let j () = for _ = 1 to 2 do failwith "x" done
let k x = ignore x; raise x; ()
let l () = if true then (exit 2; 3) else 3
let m () = Obj.magic 3; 3
let n () = assert false; 3
let o () = (let x = 1 in exit x); 3
