(* A spreadsheet: formulas, dependencies, cycles, recomputation of what changed, errors as values. *)

type cell = string
type formula = Number of float | Text of string | Ref of cell | Sum of cell * cell | Op of char * formula * formula | If of formula * formula * formula
type error = Cycle | Missing of cell | Not_a_number of cell | Division
type value = Num of float | Str of string | Err of error

module Cells = Map.Make (String)
module Names = Set.Make (String)

let column c = Char.code c.[0] - Char.code 'A'
let row c = int_of_string (String.sub c 1 (String.length c - 1))

let range a b =
  List.concat_map (fun c -> List.init (row b - row a + 1) (fun r -> Printf.sprintf "%c%d" (Char.chr (65 + c)) (row a + r)))
    (List.init (column b - column a + 1) (fun i -> column a + i))

exception Failed of error

let evaluate sheet =
  let values = Hashtbl.create 16 in
  let rec cell name =
    match Hashtbl.find_opt values name with
    | Some (Some v) -> v
    | Some None -> Err Cycle
    | None ->
      Hashtbl.add values name None;
      let v =
        match Cells.find_opt name sheet with
        | None -> Err (Missing name)
        | Some f -> ( match formula f with v -> v | exception Failed e -> Err e)
      in
      Hashtbl.replace values name (Some v);
      v
  and number name = match cell name with Num n -> n | Str _ -> raise (Failed (Not_a_number name)) | Err e -> raise (Failed e)
  and operand f = match (formula f, f) with Num n, _ -> n | Err e, _ -> raise (Failed e) | Str _, Ref c -> raise (Failed (Not_a_number c)) | Str s, _ -> raise (Failed (Not_a_number s))
  and formula = function
    | Number n -> Num n
    | Text s -> Str s
    | Ref c -> cell c
    | Sum (a, b) -> Num (List.fold_left (fun s c -> if Cells.mem c sheet then s +. number c else s) 0. (range a b))
    | If (c, a, b) -> if operand c <> 0. then formula a else formula b
    | Op (op, a, b) -> (
      let a = operand a in
      let b = operand b in
      match op with
      | '+' -> Num (a +. b)
      | '-' -> Num (a -. b)
      | '*' -> Num (a *. b)
      | '/' -> if b = 0. then raise (Failed Division) else Num (a /. b)
      | _ -> invalid_arg "operator")
  in
  Cells.mapi (fun name _ -> cell name) sheet

let rec references = function
  | Number _ | Text _ -> Names.empty
  | Ref c -> Names.singleton c
  | Sum (a, b) -> Names.of_list (range a b)
  | Op (_, a, b) -> Names.union (references a) (references b)
  | If (a, b, c) -> List.fold_left (fun s f -> Names.union s (references f)) Names.empty [ a; b; c ]

(* All cells that may change when these do. *)
let rec affected sheet changed =
  let more = Cells.fold (fun name f acc -> if Names.disjoint (references f) acc then acc else Names.add name acc) sheet changed in
  if Names.equal more changed then more else affected sheet more

let show = function
  | Num n -> Printf.sprintf "%g" n
  | Str s -> s
  | Err Cycle -> "#CYCLE"
  | Err (Missing c) -> "#REF " ^ c
  | Err (Not_a_number c) -> "#NUM " ^ c
  | Err Division -> "#DIV"

let print sheet = print_endline (String.concat " | " (List.map (fun (c, v) -> c ^ "=" ^ show v) (Cells.bindings (evaluate sheet))))

let () =
  let sheet =
    Cells.of_seq
      (List.to_seq
         [ ("A1", Number 10.); ("A2", Number 2.5); ("A3", Op ('*', Ref "A1", Ref "A2")); ("A4", Sum ("A1", "A3")); ("B1", Text "total");
           ("B2", If (Op ('-', Ref "A1", Number 10.), Text "changed", Ref "B1")); ("C1", Op ('/', Ref "A4", Op ('-', Ref "A1", Number 10.))) ])
  in
  print sheet;
  print_endline (String.concat " " (Names.elements (affected sheet (Names.singleton "A2"))));
  let sheet = Cells.add "A1" (Number 12.) sheet in
  print sheet;
  let sheet = sheet |> Cells.add "D1" (Op ('+', Ref "D2", Number 1.)) |> Cells.add "D2" (Ref "D1") |> Cells.add "D3" (Ref "Z9") |> Cells.add "D4" (Op ('+', Ref "B1", Number 1.)) in
  print sheet

(* stdout {expected|
A1=10 | A2=2.5 | A3=25 | A4=37.5 | B1=total | B2=total | C1=#DIV
A2 A3 A4 C1
A1=12 | A2=2.5 | A3=30 | A4=44.5 | B1=total | B2=changed | C1=22.25
A1=12 | A2=2.5 | A3=30 | A4=44.5 | B1=total | B2=changed | C1=22.25 | D1=#CYCLE | D2=#CYCLE | D3=#REF Z9 | D4=#NUM B1
|expected} *)
