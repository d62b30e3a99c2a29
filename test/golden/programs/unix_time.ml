(* Times and dates, the environment and the process. *)
(* libraries unix *)

open Unix

let show tm =
  Printf.printf "%d-%02d-%02d %02d:%02d:%02d day %d of the week, %d of the year%s\n" (1900 + tm.tm_year) (tm.tm_mon + 1)
    tm.tm_mday tm.tm_hour tm.tm_min tm.tm_sec tm.tm_wday tm.tm_yday
    (if tm.tm_isdst then ", summer" else "")

let times =
  [ 0.; 1.; -1.; 86399.9; 86400.; 951782400.; 951868800.; 1e9; 1709164800.; 1709251200.; 2147483647.; 4e9; -2208988800.;
    -62135596800.; 253402300799.; 1e12; -0.5; 1234567890.123; -1e11 ]

(* The second before 1970 is what C's function answers when it fails. *)
let last_second () = match mktime (gmtime (-1.)) with _ -> () | exception Unix_error (ERANGE, f, _) -> print_endline f


let tm ?(sec = 0) ?(min = 0) ?(hour = 0) ?(day = 1) ?(month = 0) year =
  { tm_sec = sec; tm_min = min; tm_hour = hour; tm_mday = day; tm_mon = month; tm_year = year - 1900; tm_wday = 0;
    tm_yday = 0; tm_isdst = false }

let round name t =
  let seconds, normal = mktime t in
  Printf.printf "%s %.0f " name seconds;
  show normal

let dates () =
  List.iter (fun t -> show (gmtime t)) times;
  putenv "TZ" "UTC";
  List.iter (fun t -> show (localtime t)) [ 0.; 1e9 ];
  round "new year" (tm 2000);
  round "leap day" (tm 2024 ~month:1 ~day:29);
  round "40 October" (tm 2023 ~month:9 ~day:40);
  round "month 14" (tm 2023 ~month:14);
  round "month -1" (tm 2023 ~month:(-1));
  round "day 0" (tm 2024 ~month:2 ~day:0);
  round "second 3600" (tm 2024 ~sec:3600);
  round "hour -1" (tm 2024 ~hour:(-1));
  round "minute 100000" (tm 1969 ~min:100_000);
  List.iter
    (fun t ->
      let back, _ = mktime (gmtime t) in
      if back <> Float.of_int (int_of_float t) then Printf.printf "%f comes back as %f\n" t back)
    (List.filter (fun t -> t <> -1.) times);
  last_second ()

let zones () =
  putenv "TZ" "EST5";
  show (localtime 1e9);
  round "EST" (tm 2000);
  putenv "TZ" "XYZ-3:30";
  show (localtime 1e9);
  round "XYZ" (tm 2000)

let environment () =
  putenv "UNIX_TIME_TEST" "a value";
  Printf.printf "%s %s\n" (getenv "UNIX_TIME_TEST") (Sys.getenv "UNIX_TIME_TEST");
  Printf.printf "%b\n" (Array.mem "UNIX_TIME_TEST=a value" (environment ()));
  putenv "UNIX_TIME_TEST" "";
  Printf.printf "%S\n" (getenv "UNIX_TIME_TEST");
  (match getenv "UNIX_TIME_TEST_MISSING" with _ -> () | exception Not_found -> print_endline "none");
  putenv "UNIX_TIME=TEST" "c";
  Printf.printf "%S\n" (getenv "UNIX_TIME")

let clocks () =
  let start = gettimeofday () in
  sleepf 0.02;
  let after = gettimeofday () in
  Printf.printf "%b %b\n" (after -. start >= 0.015) (after -. start < 5.);
  let whole = time () in
  Printf.printf "%b %b\n" (Float.of_int (int_of_float whole) = whole) (abs_float (whole -. after) < 3.);
  Printf.printf "%b %b\n" (whole > 1.6e9) ((Unix.times ()).tms_utime >= 0.);
  sleep 0;
  sleepf (-1.)

let process () =
  Printf.printf "%b %b %b\n" (getpid () > 0) (getppid () > 0) (getpid () = getpid ());
  Printf.printf "%b %b\n" (getuid () >= 0) (getuid () = geteuid () && getgid () = getegid ());
  Printf.printf "%b %b\n" ((getpwuid (getuid ())).pw_uid = getuid ()) ((getpwnam "root").pw_uid = 0);
  Printf.printf "%s %d\n" (getgrgid 0).gr_name (getgrnam "root").gr_gid;
  (match getpwnam "no such user" with _ -> () | exception Not_found -> print_endline "no such user");
  (match getgrgid 123456 with _ -> () | exception Not_found -> print_endline "no such group");
  Printf.printf "%b\n" (gethostname () <> "")

let () =
  dates ();
  zones ();
  environment ();
  clocks ();
  process ()

(* stdout {expected|
1970-01-01 00:00:00 day 4 of the week, 0 of the year
1970-01-01 00:00:01 day 4 of the week, 0 of the year
1969-12-31 23:59:59 day 3 of the week, 364 of the year
1970-01-01 23:59:59 day 4 of the week, 0 of the year
1970-01-02 00:00:00 day 5 of the week, 1 of the year
2000-02-29 00:00:00 day 2 of the week, 59 of the year
2000-03-01 00:00:00 day 3 of the week, 60 of the year
2001-09-09 01:46:40 day 0 of the week, 251 of the year
2024-02-29 00:00:00 day 4 of the week, 59 of the year
2024-03-01 00:00:00 day 5 of the week, 60 of the year
2038-01-19 03:14:07 day 2 of the week, 18 of the year
2096-10-02 07:06:40 day 2 of the week, 275 of the year
1900-01-01 00:00:00 day 1 of the week, 0 of the year
1-01-01 00:00:00 day 1 of the week, 0 of the year
9999-12-31 23:59:59 day 5 of the week, 364 of the year
33658-09-27 01:46:40 day 5 of the week, 269 of the year
1970-01-01 00:00:00 day 4 of the week, 0 of the year
2009-02-13 23:31:30 day 5 of the week, 43 of the year
-1199-02-15 14:13:20 day 4 of the week, 45 of the year
1970-01-01 00:00:00 day 4 of the week, 0 of the year
2001-09-09 01:46:40 day 0 of the week, 251 of the year
new year 946684800 2000-01-01 00:00:00 day 6 of the week, 0 of the year
leap day 1709164800 2024-02-29 00:00:00 day 4 of the week, 59 of the year
40 October 1699488000 2023-11-09 00:00:00 day 4 of the week, 312 of the year
month 14 1709251200 2024-03-01 00:00:00 day 5 of the week, 60 of the year
month -1 1669852800 2022-12-01 00:00:00 day 4 of the week, 334 of the year
day 0 1709164800 2024-02-29 00:00:00 day 4 of the week, 59 of the year
second 3600 1704070800 2024-01-01 01:00:00 day 1 of the week, 0 of the year
hour -1 1704063600 2023-12-31 23:00:00 day 0 of the week, 364 of the year
minute 100000 -25536000 1969-03-11 10:40:00 day 2 of the week, 69 of the year
mktime
2001-09-08 20:46:40 day 6 of the week, 250 of the year
EST 946702800 2000-01-01 00:00:00 day 6 of the week, 0 of the year
2001-09-09 05:16:40 day 0 of the week, 251 of the year
XYZ 946672200 2000-01-01 00:00:00 day 6 of the week, 0 of the year
a value a value
true
""
none
"TEST=c"
true true
true true
true true
true true true
true true
true true
root 0
no such user
no such group
true
|expected} *)
