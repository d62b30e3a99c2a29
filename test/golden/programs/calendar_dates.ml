(* Dates of the Gregorian calendar: day numbers, weekdays, Easter, a printed month, differences. *)

type month = Jan | Feb | Mar | Apr | May | Jun | Jul | Aug | Sep | Oct | Nov | Dec
type date = { year : int; month : month; day : int }
type weekday = Mon | Tue | Wed | Thu | Fri | Sat | Sun

let months = [| Jan; Feb; Mar; Apr; May; Jun; Jul; Aug; Sep; Oct; Nov; Dec |]
let names = [| "January"; "February"; "March"; "April"; "May"; "June"; "July"; "August"; "September"; "October"; "November"; "December" |]

let index (m : month) = Option.get (List.find_map (fun (i, n) -> if n = m then Some i else None) (List.mapi (fun i n -> (i, n)) (Array.to_list months)))
let leap y = (y mod 4 = 0 && y mod 100 <> 0) || y mod 400 = 0
let days_in y = function Feb -> if leap y then 29 else 28 | Apr | Jun | Sep | Nov -> 30 | Jan | Mar | May | Jul | Aug | Oct | Dec -> 31

(* Days since 1 January 1970. *)
let to_days { year; month; day } =
  let m = index month + 1 in
  let y = if m <= 2 then year - 1 else year in
  let era = (if y >= 0 then y else y - 399) / 400 in
  let year_of_era = y - (era * 400) in
  let day_of_year = (((153 * (m + if m > 2 then -3 else 9)) + 2) / 5) + day - 1 in
  (era * 146097) + (year_of_era * 365) + (year_of_era / 4) - (year_of_era / 100) + day_of_year - 719468

let of_days n =
  let rec year y n = let l = if leap y then 366 else 365 in if n >= l then year (y + 1) (n - l) else if n < 0 then year (y - 1) (n + if leap (y - 1) then 366 else 365) else (y, n) in
  let y, n = year 1970 n in
  let rec month i n = let d = days_in y months.(i) in if n >= d then month (i + 1) (n - d) else (i, n) in
  let i, n = month 0 n in
  { year = y; month = months.(i); day = n + 1 }

let weekday d =
  match (((to_days d + 3) mod 7) + 7) mod 7 with
  | 0 -> Mon | 1 -> Tue | 2 -> Wed | 3 -> Thu | 4 -> Fri | 5 -> Sat | _ -> Sun

let show_weekday = function Mon -> "Mon" | Tue -> "Tue" | Wed -> "Wed" | Thu -> "Thu" | Fri -> "Fri" | Sat -> "Sat" | Sun -> "Sun"
let show d = Printf.sprintf "%s %04d-%02d-%02d" (show_weekday (weekday d)) d.year (index d.month + 1) d.day

let easter year =
  let a = year mod 19 and b = year / 100 and c = year mod 100 in
  let h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) mod 30 in
  let l = (32 + (2 * (b mod 4)) + (2 * (c / 4)) - h - (c mod 4)) mod 7 in
  let m = (a + (11 * h) + (22 * l)) / 451 in
  let n = h + l - (7 * m) + 114 in
  { year; month = months.((n / 31) - 1); day = (n mod 31) + 1 }

let calendar year month =
  let title = Printf.sprintf "%s %d" names.(index month) year in
  print_endline (String.make ((20 - String.length title) / 2) ' ' ^ title);
  print_endline "Mo Tu We Th Fr Sa Su";
  let first = (((to_days { year; month; day = 1 } + 3) mod 7) + 7) mod 7 in
  let cells = List.init first (fun _ -> "  ") @ List.init (days_in year month) (fun d -> Printf.sprintf "%2d" (d + 1)) in
  List.iteri (fun i c -> print_string (if i mod 7 = 6 then c ^ "\n" else if i = List.length cells - 1 then c ^ "\n" else c ^ " ")) cells

let () =
  let dates = [ { year = 1970; month = Jan; day = 1 }; { year = 2000; month = Feb; day = 29 }; { year = 1900; month = Mar; day = 1 }; { year = 2024; month = Dec; day = 31 } ] in
  List.iter (fun d -> Printf.printf "%s %d %b\n" (show d) (to_days d) (of_days (to_days d) = d)) dates;
  List.iter (fun y -> print_string (show (easter y) ^ "; ")) [ 1999; 2000; 2024; 2025; 2038 ];
  print_newline ();
  calendar 2024 Feb;
  Printf.printf "%d days\n" (to_days { year = 2000; month = Jan; day = 1 } - to_days { year = 1900; month = Jan; day = 1 });
  let round_trip = List.for_all (fun n -> to_days (of_days n) = n) (List.init 2000 (fun i -> (i * 37) - 20000)) in
  Printf.printf "%b\n" round_trip

(* stdout {expected|
Thu 1970-01-01 0 true
Tue 2000-02-29 11016 true
Thu 1900-03-01 -25508 true
Tue 2024-12-31 20088 true
Sun 1999-04-04; Sun 2000-04-23; Sun 2024-03-31; Sun 2025-04-20; Sun 2038-04-25; 
   February 2024
Mo Tu We Th Fr Sa Su
          1  2  3  4
 5  6  7  8  9 10 11
12 13 14 15 16 17 18
19 20 21 22 23 24 25
26 27 28 29
36524 days
true
|expected} *)
