(* Accounts as folds over events: commands are checked, events are applied, history is replayed and undone. *)

module Money : sig
  type t = private int
  val of_cents : int -> t
  val ( + ) : t -> t -> t
  val ( - ) : t -> t -> t
  val show : t -> string
end = struct
  type t = int
  let of_cents n = n
  let ( + ) = Stdlib.( + )
  let ( - ) = Stdlib.( - )
  let show n = Printf.sprintf "%s%d.%02d" (if n < 0 then "-" else "") (abs n / 100) (abs n mod 100)
end

type account = string

type event =
  | Opened of account
  | Deposited of { into : account; amount : Money.t }
  | Withdrawn of { from : account; amount : Money.t }
  | Transferred of { from : account; into : account; amount : Money.t }
  | Closed of account

type error = [ `Unknown of account | `Exists of account | `Not_enough of account * Money.t | `Not_empty of account | `Bad_amount ]

module Accounts = Map.Make (String)

type state = { accounts : Money.t Accounts.t; count : int }

let initial = { accounts = Accounts.empty; count = 0 }
let zero = Money.of_cents 0
let change account f s = { s with accounts = Accounts.update account (Option.map f) s.accounts }

let apply s event =
  let s = { s with count = s.count + 1 } in
  match event with
  | Opened a -> { s with accounts = Accounts.add a zero s.accounts }
  | Closed a -> { s with accounts = Accounts.remove a s.accounts }
  | Deposited { into; amount } -> change into (fun b -> Money.(b + amount)) s
  | Withdrawn { from; amount } -> change from (fun b -> Money.(b - amount)) s
  | Transferred { from; into; amount } -> s |> change from (fun b -> Money.(b - amount)) |> change into (fun b -> Money.(b + amount))

let replay events = List.fold_left apply initial events

type command = Open of account | Deposit of account * int | Withdraw of account * int | Transfer of account * account * int | Close of account

let ( let* ) = Result.bind
let balance s a : (Money.t, [> error ]) result = Option.to_result ~none:(`Unknown a) (Accounts.find_opt a s.accounts)
let amount n : (Money.t, [> error ]) result = if n > 0 then Ok (Money.of_cents n) else Error `Bad_amount

let has s a m =
  let* b = balance s a in
  if b >= m then Ok () else Error (`Not_enough (a, b))

let decide s : command -> (event, error) result = function
  | Open a -> if Accounts.mem a s.accounts then Error (`Exists a) else Ok (Opened a)
  | Deposit (into, n) ->
    let* amount = amount n in
    let* _ = balance s into in
    Ok (Deposited { into; amount })
  | Withdraw (from, n) ->
    let* amount = amount n in
    let* () = has s from amount in
    Ok (Withdrawn { from; amount })
  | Transfer (from, into, n) ->
    let* amount = amount n in
    let* _ = balance s into in
    let* () = has s from amount in
    Ok (Transferred { from; into; amount })
  | Close a ->
    let* b = balance s a in
    if b = zero then Ok (Closed a) else Error (`Not_empty a)

let message : error -> string = function
  | `Unknown a -> "no account " ^ a
  | `Exists a -> a ^ " exists"
  | `Not_enough (a, b) -> Printf.sprintf "%s has only %s" a (Money.show b)
  | `Not_empty a -> a ^ " is not empty"
  | `Bad_amount -> "bad amount"

let show s = String.concat ", " (List.map (fun (a, b) -> a ^ " " ^ Money.show b) (Accounts.bindings s.accounts))

let () =
  let run (events, s) command =
    match decide s command with
    | Ok e -> (e :: events, apply s e)
    | Error e -> print_endline ("refused: " ^ message e); (events, s)
  in
  let commands =
    [ Open "ann"; Open "bob"; Open "ann"; Deposit ("ann", 10050); Transfer ("ann", "bob", 2575); Withdraw ("bob", 5000); Transfer ("bob", "cy", 1);
      Deposit ("bob", -5); Close "bob"; Withdraw ("bob", 2575); Close "bob"; Deposit ("bob", 1) ]
  in
  let events, s = List.fold_left run ([], initial) commands in
  let history = List.rev events in
  Printf.printf "%s after %d events\n" (show s) s.count;
  Printf.printf "%b\n" (Accounts.equal ( = ) (replay history).accounts s.accounts);
  List.iteri (fun i _ -> print_endline (show (replay (List.filteri (fun j _ -> j <= i) history)))) history

(* stdout {expected|
refused: ann exists
refused: bob has only 25.75
refused: no account cy
refused: bad amount
refused: bob is not empty
refused: no account bob
ann 74.75 after 6 events
true
ann 0.00
ann 0.00, bob 0.00
ann 100.50, bob 0.00
ann 74.75, bob 25.75
ann 74.75, bob 0.00
ann 74.75
|expected} *)
