(* Effect handlers, with syntax and without: the examples of the manual, shallow handlers, exceptions into and out of fibers. *)

open Effect
open Effect.Deep

type _ Effect.t += Xchg: int -> int t
let comp1 () = perform (Xchg 0) + perform (Xchg 1)
let () = Printf.printf "%d\n" (try comp1 () with effect (Xchg n), k -> continue k (n+1))
type 'a status =
  Complete of 'a
| Suspended of {msg: int; cont: (int, 'a status) continuation}
let step (f : unit -> 'a) () : 'a status =
  match f () with
  | v -> Complete v
  | effect (Xchg msg), cont -> Suspended {msg; cont}
let rec run_both a b =
  match a (), b () with
  | Complete va, Complete vb -> (va, vb)
  | Suspended {msg = m1; cont = k1},
    Suspended {msg = m2; cont = k2} ->
      run_both (fun () -> continue k1 m2)
               (fun () -> continue k2 m1)
  | _ -> failwith "Improper synchronization"
let comp2 () = perform (Xchg 21) * perform (Xchg 21)
let () = let a, b = run_both (step comp1) (step comp2) in Printf.printf "%d %d\n" a b

type _ Effect.t += Fork : (unit -> unit) -> unit t
                 | Yield : unit t
let fork f = perform (Fork f)
let yield () = perform Yield
let xchg v = perform (Xchg v)
let run (main : unit -> unit) : unit =
  let exchanger : (int * (int, unit) continuation) option ref =
    ref None (* waiting exchanger *)
  in
  let run_q = Queue.create () in (* scheduler queue *)
  let enqueue k v =
    let task () = continue k v in
    Queue.push task run_q
  in
  let dequeue () =
    if Queue.is_empty run_q then () (* done *)
    else begin
      let task = Queue.pop run_q in
      task ()
    end
  in
  let rec spawn (f : unit -> unit) : unit =
    match f () with
    | () -> dequeue ()
    | exception e ->
        print_endline (Printexc.to_string e);
        dequeue ()
    | effect Yield, k -> enqueue k (); dequeue ()
    | effect (Fork f), k -> enqueue k (); spawn f
    | effect (Xchg n), k ->
        begin match !exchanger with
        | Some (n', k') -> exchanger := None; enqueue k' n; continue k n'
        | None -> exchanger := Some (n, k); dequeue ()
        end
  in
  spawn main
open Printf
let _ = run (fun _ ->
  fork (fun _ ->
    printf "[t1] Sending 0\n";
    let v = xchg 0 in
    printf "[t1] received %d\n" v);
  fork (fun _ ->
    printf "[t2] Sending 1\n";
    let v = xchg 1 in
    printf "[t2] received %d\n" v))
let invert (type a) ~(iter : (a -> unit) -> unit) : a Seq.t =
  let module M = struct
    type _ Effect.t += Yield : a -> unit t
  end in
  let yield v = perform (M.Yield v) in
  fun () -> match iter yield with
  | () -> Seq.Nil
  | effect M.Yield v, k -> Seq.Cons (v, continue k)
let lst_iter = Fun.flip List.iter [1;2;3]
let next = Seq.to_dispenser (invert ~iter:lst_iter)
let rec show () = match next () with None -> print_endline "end" | Some x -> Printf.printf "%d\n" x; show ()
let () = show ()
let sh =
  let open Effect.Shallow in
  let rec loop : type a. int -> (a, int) continuation -> a -> int = fun st k x ->
    continue_with k x { retc = (fun v -> v + st); exnc = raise; effc = (fun (type b) (e : b Effect.t) -> match e with
      | Xchg n -> Some (fun (k : (b, int) continuation) -> loop (st + 1) k (n + st))
      | _ -> None) }
  in loop 100 (fiber comp1) ()
let () = Printf.printf "%d\n" sh
let () = try perform Yield with Unhandled Yield -> print_endline "unhandled yield"
let () = try ignore (perform (Xchg 3)) with e -> print_endline (Printexc.to_string e)
let () = try ignore (perform Yield) with e -> print_endline (Printexc.to_string e)
let () = match perform (Xchg 3) with _ -> () | effect Xchg _, k -> (ignore (continue k 1); try continue k 2 with Continuation_already_resumed as e -> print_endline (Printexc.to_string e))
let () = try match_with (fun () -> (try perform Yield with Not_found -> print_endline "Not_found inside")) () { retc = (fun () -> print_endline "ret"); exnc = raise; effc = fun (type c) (e : c Effect.t) -> match e with Yield -> Some (fun (k : (c, _) continuation) -> discontinue k Not_found) | _ -> None } with Exit -> ()
let () = try try_with (fun () -> raise Exit) () { effc = fun _ -> None } with Exit -> print_endline "exit"
