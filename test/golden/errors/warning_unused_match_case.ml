let f = function 0 -> 1 | _ -> 2 | 3 -> 4
let g = function Some _ -> 1 | None -> 2 | Some 3 -> 4
