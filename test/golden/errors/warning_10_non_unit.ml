(* options -w -a+10 *)
let f () = 1; 2
let g () = "a"; ()
let h () = while true do 1 done
let i () = for _ = 1 to 2 do "x" done
let j x = x; ()
let k (x : 'a) = (fun y -> y) x; ()
let l () = begin 1; 2 end; ()
let m () = if true then 1 else 2; ()
let n () = (match 1 with 1 -> 2 | _ -> 3); ()
let o () = (1 : int); ()
let p () = let x = 1 in x; ()
let q () = List.length []; List.length []
let r () = (let open List in length []); ()
let () = ignore (f ()); 3 |> ignore
;; 1
;; f ()
class c = object initializer 3; () end
