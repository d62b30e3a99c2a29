(* let*, let+, and+, and*, in several monads and an applicative; let-punned operands. *)
module Option_monad = struct
  let ( let* ) = Option.bind
  let ( let+ ) o f = Option.map f o
  let ( and+ ) a b = match (a, b) with Some a, Some b -> Some (a, b) | _ -> None
  let ( and* ) = ( and+ )
  let return x = Some x
end

module Result_monad = struct
  let ( let* ) = Result.bind
  let ( let+ ) r f = Result.map f r
end

module State = struct
  type ('s, 'a) t = 's -> 'a * 's
  let ( let* ) m f s = let a, s = m s in f a s
  let return a s = (a, s)
  let get s = (s, s)
  let put s _ = ((), s)
end

module List_monad = struct
  let ( let* ) l f = List.concat_map f l
  let ( and* ) a b = List.concat_map (fun x -> List.map (fun y -> (x, y)) b) a
  let ( let+ ) l f = List.map f l
end

let divide a b = if b = 0 then Error "division by zero" else Ok (a / b)

let compute a b c =
  let open Result_monad in
  let* x = divide a b in
  let* y = divide x c in
  let+ z = Ok (x + y) in
  z * 2

let label = let open State in
  let rec go = function
    | [] -> return []
    | x :: rest ->
        let* n = get in
        let* () = put (n + 1) in
        let* rest = go rest in
        return ((n, x) :: rest)
  in
  go

let () =
  let open Option_monad in
  let sum = let+ a = Some 1 and+ b = Some 2 and+ c = Some 3 in a + b + c in
  (match sum with Some n -> Printf.printf "%d\n" n | None -> print_endline "none");
  let none = let* a = Some 1 in let* b = None in return (a + b) in
  print_endline (match none with Some n -> string_of_int n | None -> "none");
  List.iter (fun r -> print_endline (match r with Ok n -> string_of_int n | Error e -> e)) [ compute 100 5 2; compute 1 0 1; compute 9 3 0 ];
  let labelled, next = label [ "a"; "b"; "c" ] 10 in
  List.iter (fun (n, s) -> Printf.printf "%d%s " n s) labelled;
  Printf.printf "%d\n" next;
  let open List_monad in
  let triples =
    let* c = List.init 20 succ in
    let* b = List.init c succ in
    let* a = List.init b succ in
    if (a * a) + (b * b) = c * c then [ (a, b, c) ] else []
  in
  List.iter (fun (a, b, c) -> Printf.printf "%d-%d-%d " a b c) triples;
  print_newline ();
  let pairs = let+ a = [ 1; 2 ] and* b = [ "x"; "y" ] in Printf.sprintf "%d%s" a b in
  print_endline (String.concat " " pairs)

(* stdout {expected|
6
none
60
division by zero
division by zero
10a 11b 12c 13
3-4-5 6-8-10 5-12-13 9-12-15 8-15-17 12-16-20 
1x 1y 2x 2y
|expected} *)
