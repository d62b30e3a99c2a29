(* The manual's bank accounts, with inheritance, hiding and cloning. *)

class euro (x : float) =
  object (self : 'a)
    val repr = x
    method value = repr
    method print = Printf.printf "%.2f\n" repr
    method plus (p : 'a) = {<repr = self#value +. p#value>}
    method times (k : float) = {<repr = k *. repr>}
    method leq (p : 'a) = repr <= p#value
  end

let euro = new euro
let zero = euro 0.
let neg x = x#times (-1.)

class account =
  object
    val mutable balance = zero
    method balance = balance
    method deposit x = balance <- balance#plus x
    method withdraw x =
      if x#leq balance then (
        balance <- balance#plus (neg x);
        x)
      else zero
  end

let () =
  let c = new account in
  c#deposit (euro 100.);
  (c#withdraw (euro 50.))#print;
  (c#withdraw (euro 60.))#print;
  c#balance#print

class account_with_interests =
  object (self)
    inherit account
    method private interest = self#deposit (self#balance#times 0.03)
  end

let () =
  let c = new account_with_interests in
  c#deposit (euro 100.);
  c#balance#print

class safe_account =
  object
    inherit account
    method! deposit x = if zero#leq x then balance <- balance#plus x else raise (Invalid_argument "deposit")
  end

let () =
  let c = new safe_account in
  c#deposit (euro 5.);
  (try c#deposit (neg (euro 1.)) with Invalid_argument m -> print_endline m);
  c#balance#print

type 'a operation = Deposit of 'a | Retrieval of 'a

class account_with_history =
  object (self)
    inherit safe_account as super
    val mutable history = []
    method private trace x = history <- x :: history
    method! deposit x =
      self#trace (Deposit x);
      super#deposit x
    method! withdraw x =
      self#trace (Retrieval x);
      super#withdraw x
    method history = List.rev history
  end

class account_with_deposit x =
  object
    inherit account_with_history
    initializer balance <- x
  end

let () =
  let a = new account_with_deposit (euro 100.) in
  a#deposit (euro 20.);
  ignore (a#withdraw (euro 50.));
  List.iter
    (function
      | Deposit x -> Printf.printf "deposit %.2f\n" x#value
      | Retrieval x -> Printf.printf "retrieval %.2f\n" x#value)
    a#history;
  a#balance#print

(* An open account: functions as methods' arguments, a client view. *)
class type client =
  object
    method deposit : euro -> unit
    method withdraw : euro -> euro
  end

class bank =
  object (self)
    val accounts : (string, account_with_history) Hashtbl.t = Hashtbl.create 5
    method open_account name initial : client =
      let a = new account_with_deposit (euro initial) in
      Hashtbl.replace accounts name a;
      (a :> client)
    method total =
      let names = List.sort compare (Hashtbl.fold (fun n _ l -> n :: l) accounts []) in
      List.fold_left (fun sum n -> sum#plus (self#find n)#balance) zero names
    method transfer ~from ~into amount =
      let paid = (self#find from)#withdraw amount in
      (self#find into)#deposit paid;
      paid
    method private find name = Hashtbl.find accounts name
  end

let () =
  let b = new bank in
  let alice = b#open_account "alice" 10. in
  ignore (b#open_account "bob" 1.);
  alice#deposit (euro 5.);
  (b#transfer ~from:"alice" ~into:"bob" (euro 12.))#print;
  (b#transfer ~into:"alice" ~from:"bob" (euro 100.))#print;
  b#total#print;
  match b#transfer ~from:"carol" ~into:"bob" zero with
  | _ -> ()
  | exception Not_found -> print_endline "no carol"

(* Backups. *)
class ['a] backup =
  object (_ : 'b)
    val mutable copy = (None : 'b option)
    method save = copy <- Some {<copy = None>}
    method restore = match copy with Some x -> x | None -> raise Not_found
    method saved : 'a = match copy with Some _ -> true | None -> false
  end

class ['a] oref x =
  object
    val mutable x : 'a = x
    method get = x
    method set y = x <- y
  end

class ['a] backup_ref x =
  object
    inherit ['a] oref x
    inherit [bool] backup
  end

let () =
  let p = new backup_ref 0 in
  p#save;
  p#set 1;
  Printf.printf "%d %d %b\n" p#get p#restore#get p#saved;
  match p#restore#restore with _ -> print_endline "?" | exception Not_found -> print_endline "not saved"

(* stdout {expected|
50.00
0.00
50.00
100.00
deposit
5.00
deposit 20.00
retrieval 50.00
70.00
12.00
0.00
16.00
no carol
1 0 true
not saved
|expected} *)
