(* Map and reduce: a collector that counts, and a tree in which any two results meet. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

module Classic = struct
  let map_reduce f combine zero xs =
    let def total (acc, n) | one x = total (combine acc x, n - 1)
    or total (acc, 0) | wait! () = reply acc to wait in
    let def work x = one (f x) in
    spawn { total (zero, List.length xs) };
    List.iter (fun x -> spawn { work x }) xs;
    wait ()
end

(* A result carries how many elements are in it. One that comes meets the one that is held. *)
module Later = struct
  let map_reduce f combine zero xs =
    let all = List.length xs in
    def nothing() & part(n, x) = if n = all then result(x) else held(n, x)
    or held(m, y) & part(n, x) = nothing() & part(m + n, combine x y)
    or result(x) & wait() = reply x to wait in
    def work(x) = part(1, f x) in
    spawn nothing();
    if xs = [] then spawn result(zero);
    List.iter (fun x -> spawn work(x)) xs;
    wait ()
end

let () =
  let xs = List.init 100 succ in
  let square x = x * x in
  check "classic" (Classic.map_reduce square ( + ) 0 xs = 338350);
  check "classic, nothing" (Classic.map_reduce square ( + ) 7 [] = 7);
  check "later" (Later.map_reduce square ( + ) 0 xs = 338350);
  check "later, nothing" (Later.map_reduce square ( + ) 7 [] = 7);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
