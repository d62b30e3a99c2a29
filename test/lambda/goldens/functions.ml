let lab ~a ?(b = a + 1) c = a * b + c
let part = lab ~b:3
let full = lab ~a:1 2
let compose f g x = f (g x)
let twice f = compose f f
let four = twice (fun x -> x + 2) 0
let[@inline] small x = if x > 10 then (fun y -> y + x) else (fun y -> y)
let use = small 3 4
let[@inline never] kept x = x + 1
let call = kept 1
let ( let* ) o f = match o with None -> None | Some x -> f x
let chain a b = let* x = a in let* y = b in Some (x + y)
let rec xs = 1 :: ys and ys = 2 :: xs
let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1)
let opt = function Some x -> x | None -> 0
let known = opt (Some 3) + opt None
let swap (a, b) = (b, a)
let flipped = let (a, b) = swap (1, 2) in a - b
let clamp x = max 0 (min 255 x)
let lazies = (lazy 3, lazy (four + 1), lazy (fun x -> x + 1))
let printer = List.iter print_int [1; 2]
