(* Calls of the system go to the host (CamlinternalHost), which knows descriptors by numbers of the program's own. What the host has no
   way to do (other processes, sockets, signals) is an error ENOSYS.

   The host never waits for another thread of the program: where that would be needed it answers EWAIT, and the call is repeated. *)

module Host = CamlinternalHost
module Green = CamlinternalThread

type error =
    E2BIG
  | EACCES
  | EAGAIN
  | EBADF
  | EBUSY
  | ECHILD
  | EDEADLK
  | EDOM
  | EEXIST
  | EFAULT
  | EFBIG
  | EINTR
  | EINVAL
  | EIO
  | EISDIR
  | EMFILE
  | EMLINK
  | ENAMETOOLONG
  | ENFILE
  | ENODEV
  | ENOENT
  | ENOEXEC
  | ENOLCK
  | ENOMEM
  | ENOSPC
  | ENOSYS
  | ENOTDIR
  | ENOTEMPTY
  | ENOTTY
  | ENXIO
  | EPERM
  | EPIPE
  | ERANGE
  | EROFS
  | ESPIPE
  | ESRCH
  | EXDEV
  | EWOULDBLOCK
  | EINPROGRESS
  | EALREADY
  | ENOTSOCK
  | EDESTADDRREQ
  | EMSGSIZE
  | EPROTOTYPE
  | ENOPROTOOPT
  | EPROTONOSUPPORT
  | ESOCKTNOSUPPORT
  | EOPNOTSUPP
  | EPFNOSUPPORT
  | EAFNOSUPPORT
  | EADDRINUSE
  | EADDRNOTAVAIL
  | ENETDOWN
  | ENETUNREACH
  | ENETRESET
  | ECONNABORTED
  | ECONNRESET
  | ENOBUFS
  | EISCONN
  | ENOTCONN
  | ESHUTDOWN
  | ETOOMANYREFS
  | ETIMEDOUT
  | ECONNREFUSED
  | EHOSTDOWN
  | EHOSTUNREACH
  | ELOOP
  | EOVERFLOW
  | EUNKNOWNERR of int

exception Unix_error of error * string * string

let () = Callback.register_exception "Unix.Unix_error" (Unix_error (E2BIG, "", ""))

let errors =
  [
    ("E2BIG", E2BIG); ("EACCES", EACCES); ("EAGAIN", EAGAIN); ("EBADF", EBADF); ("EBUSY", EBUSY);
    ("ECHILD", ECHILD); ("EDEADLK", EDEADLK); ("EDOM", EDOM); ("EEXIST", EEXIST); ("EFAULT", EFAULT);
    ("EFBIG", EFBIG); ("EINTR", EINTR); ("EINVAL", EINVAL); ("EIO", EIO); ("EISDIR", EISDIR); ("EMFILE", EMFILE);
    ("EMLINK", EMLINK); ("ENAMETOOLONG", ENAMETOOLONG); ("ENFILE", ENFILE); ("ENODEV", ENODEV); ("ENOENT", ENOENT);
    ("ENOEXEC", ENOEXEC); ("ENOLCK", ENOLCK); ("ENOMEM", ENOMEM); ("ENOSPC", ENOSPC); ("ENOSYS", ENOSYS);
    ("ENOTDIR", ENOTDIR); ("ENOTEMPTY", ENOTEMPTY); ("ENOTTY", ENOTTY); ("ENXIO", ENXIO); ("EPERM", EPERM);
    ("EPIPE", EPIPE); ("ERANGE", ERANGE); ("EROFS", EROFS); ("ESPIPE", ESPIPE); ("ESRCH", ESRCH); ("EXDEV", EXDEV);
    ("EWOULDBLOCK", EWOULDBLOCK); ("EINPROGRESS", EINPROGRESS); ("EALREADY", EALREADY); ("ENOTSOCK", ENOTSOCK);
    ("EDESTADDRREQ", EDESTADDRREQ); ("EMSGSIZE", EMSGSIZE); ("EPROTOTYPE", EPROTOTYPE);
    ("ENOPROTOOPT", ENOPROTOOPT); ("EPROTONOSUPPORT", EPROTONOSUPPORT); ("ESOCKTNOSUPPORT", ESOCKTNOSUPPORT);
    ("EOPNOTSUPP", EOPNOTSUPP); ("EPFNOSUPPORT", EPFNOSUPPORT); ("EAFNOSUPPORT", EAFNOSUPPORT);
    ("EADDRINUSE", EADDRINUSE); ("EADDRNOTAVAIL", EADDRNOTAVAIL); ("ENETDOWN", ENETDOWN);
    ("ENETUNREACH", ENETUNREACH); ("ENETRESET", ENETRESET); ("ECONNABORTED", ECONNABORTED);
    ("ECONNRESET", ECONNRESET); ("ENOBUFS", ENOBUFS); ("EISCONN", EISCONN); ("ENOTCONN", ENOTCONN);
    ("ESHUTDOWN", ESHUTDOWN); ("ETOOMANYREFS", ETOOMANYREFS); ("ETIMEDOUT", ETIMEDOUT);
    ("ECONNREFUSED", ECONNREFUSED); ("EHOSTDOWN", EHOSTDOWN); ("EHOSTUNREACH", EHOSTUNREACH); ("ELOOP", ELOOP);
    ("EOVERFLOW", EOVERFLOW);
  ]

let error_named name number = match List.assoc_opt name errors with Some error -> error | None -> EUNKNOWNERR number

let name_of error =
  match error with
  | EUNKNOWNERR number -> "EUNKNOWNERR " ^ string_of_int number
  | _ -> fst (List.find (fun (_, known) -> known = error) errors)

let () =
  Printexc.register_printer (function
    | Unix_error (error, name, about) -> Some (Printf.sprintf "Unix.Unix_error(Unix.%s, %S, %S)" (name_of error) name about)
    | _ -> None)

(* Calls. [name] is the function's for the exception, [about] the name of the file. *)

let fail ?(about = "") error name = raise (Unix_error (error, name, about))
let pause_of_waiting = 0.001

let rec call ?(about = "") name request arguments =
  match Host.call request arguments with
  | Answer answer -> answer
  | Refused { error = "EWAIT"; _ } ->
      Green.delay pause_of_waiting;
      call ~about name request arguments
  | Refused { error; number } -> fail ~about (error_named error number) name

let unexpected name = fail EIO name
let int_of name : Host.datum -> int = function Int n -> n | _ -> unexpected name
let text_of name : Host.datum -> string = function Text text -> text | _ -> unexpected name
let list_of name : Host.datum -> Host.datum list = function List items -> items | _ -> unexpected name

(* A call that is about a file and answers nothing. *)
let on_file name request path arguments = ignore (call ~about:path name request (Host.Text path :: arguments))
let on_descriptor name request fd arguments = ignore (call name request (Host.Int fd :: arguments))

(* The number of a constant constructor. *)
external number : 'a -> int = "%identity"

let numbers constructors = Host.List (List.map (fun constructor -> Host.Int (number constructor)) constructors)
let not_here name = fail ENOSYS name

let error_message error =
  let answer =
    match error with
    | EUNKNOWNERR number -> call "error_message" "error_number_message" [ Int number ]
    | _ -> call "error_message" "error_message" [ Text (name_of error) ]
  in
  text_of "error_message" answer

let handle_unix_error f x =
  try f x
  with Unix_error (error, name, about) ->
    let on = if about = "" then "" else Printf.sprintf " on \"%s\"" about in
    Printf.eprintf "%s: \"%s\" failed%s: %s\n%!" Sys.argv.(0) name on (error_message error);
    exit 2

(* Environment *)

let environment () =
  Array.of_list (List.map (text_of "environment") (list_of "environment" (call "environment" "environment" [])))

let unsafe_environment = environment
let getenv = Sys.getenv
let unsafe_getenv = Sys.getenv

(* The system takes the first equals sign for the one between name and value. *)
let putenv name value =
  let whole = name ^ "=" ^ value in
  let equals = String.index whole '=' in
  let rest = String.sub whole (equals + 1) (String.length whole - equals - 1) in
  ignore (call ~about:name "putenv" "set_variable" [ Text (String.sub whole 0 equals); Text rest ])

(* Processes: there is this one. *)

type process_status =
    WEXITED of int
  | WSIGNALED of int
  | WSTOPPED of int

type wait_flag =
    WNOHANG
  | WUNTRACED

let execv _ _ = not_here "execv"
let execve _ _ _ = not_here "execve"
let execvp _ _ = not_here "execvp"
let execvpe _ _ _ = not_here "execvpe"
let fork () = not_here "fork"

(* No program starts others, so there is none to wait for. *)
let wait () = fail ECHILD "wait"
let waitpid _ _ = fail ECHILD "waitpid"
let system _ = not_here "system"

external _exit : int -> 'a = "caml_sys_exit"

let process_numbers name =
  match call name "process" [] with List [ Int own; Int parent ] -> (own, parent) | _ -> unexpected name

let getpid () = fst (process_numbers "getpid")
let getppid () = snd (process_numbers "getppid")
let nice _ = not_here "nice"

(* Descriptors *)

type file_descr = int

let stdin = 0
let stdout = 1
let stderr = 2

type open_flag =
    O_RDONLY
  | O_WRONLY
  | O_RDWR
  | O_NONBLOCK
  | O_APPEND
  | O_CREAT
  | O_TRUNC
  | O_EXCL
  | O_NOCTTY
  | O_DSYNC
  | O_SYNC
  | O_RSYNC
  | O_SHARE_DELETE
  | O_CLOEXEC
  | O_KEEPEXEC

type file_perm = int

let openfile path flags permissions =
  int_of "open" (call ~about:path "open" "open" [ Text path; numbers flags; Int permissions ])

let close fd = on_descriptor "close" "close" fd []
let fsync fd = on_descriptor "fsync" "synchronise" fd []

(* Data go through a buffer of this size, as with OCaml. *)
let largest_transfer = 65536

let check_range name length pos len = if pos < 0 || len < 0 || pos > length - len then invalid_arg name

let read_chunk fd len =
  text_of "read" (call "read" "read" [ Int fd; Int (min len largest_transfer) ])

let read fd buffer pos len =
  check_range "Unix.read" (Bytes.length buffer) pos len;
  let data = read_chunk fd len in
  Bytes.blit_string data 0 buffer pos (String.length data);
  String.length data

let write_chunk name fd data = int_of name (call name "write" [ Int fd; Text data ])

(* [sub pos len] are the bytes that are to be written from [pos]. What has been written before a descriptor that does not block takes no
   more is a success. *)
let write_all fd sub pos len =
  let rec go written =
    if written = len then len
    else
      match write_chunk "write" fd (sub (pos + written) (min (len - written) largest_transfer)) with
      | count -> go (written + count)
      | exception Unix_error ((EAGAIN | EWOULDBLOCK), _, _) when written > 0 -> written
  in
  go 0

let write_once fd sub pos len =
  if len = 0 then 0 else write_chunk "single_write" fd (sub pos (min len largest_transfer))

let write_substring fd text pos len =
  check_range "Unix.write" (String.length text) pos len;
  write_all fd (String.sub text) pos len

let single_write_substring fd text pos len =
  check_range "Unix.single_write" (String.length text) pos len;
  write_once fd (String.sub text) pos len

let write fd buffer pos len = write_substring fd (Bytes.unsafe_to_string buffer) pos len
let single_write fd buffer pos len = single_write_substring fd (Bytes.unsafe_to_string buffer) pos len

(* Elements of this kind are chars or small ints, which are the same. *)
external char_of_element : 'a -> char = "%identity"
external element_of_char : char -> 'a = "%identity"

let sub_bigarray array pos len = String.init len (fun i -> char_of_element (Bigarray.Array1.get array (pos + i)))

let read_bigarray fd array pos len =
  check_range "Unix.read_bigarray" (Bigarray.Array1.dim array) pos len;
  let data = read_chunk fd len in
  String.iteri (fun i c -> Bigarray.Array1.set array (pos + i) (element_of_char c)) data;
  String.length data

let write_bigarray fd array pos len =
  check_range "Unix.write_bigarray" (Bigarray.Array1.dim array) pos len;
  write_all fd (sub_bigarray array) pos len

let single_write_bigarray fd array pos len =
  check_range "Unix.single_write_bigarray" (Bigarray.Array1.dim array) pos len;
  write_once fd (sub_bigarray array) pos len

(* Status *)

type seek_command =
    SEEK_SET
  | SEEK_CUR
  | SEEK_END

type file_kind =
    S_REG
  | S_DIR
  | S_CHR
  | S_BLK
  | S_LNK
  | S_FIFO
  | S_SOCK

type stats =
  { st_dev : int;
    st_ino : int;
    st_kind : file_kind;
    st_perm : file_perm;
    st_nlink : int;
    st_uid : int;
    st_gid : int;
    st_rdev : int;
    st_size : int;
    st_atime : float;
    st_mtime : float;
    st_ctime : float;
  }

let kinds = [| S_REG; S_DIR; S_CHR; S_BLK; S_LNK; S_FIFO; S_SOCK |]

let stats_of name : Host.datum -> stats = function
  | List
      [
        Int st_dev; Int st_ino; Int kind; Int st_perm; Int st_nlink; Int st_uid; Int st_gid; Int st_rdev; Int st_size;
        Float st_atime; Float st_mtime; Float st_ctime;
      ] ->
      let st_kind = kinds.(kind) in
      {
        st_dev; st_ino; st_kind; st_perm; st_nlink; st_uid; st_gid; st_rdev; st_size; st_atime; st_mtime; st_ctime;
      }
  | _ -> unexpected name

let stat path = stats_of "stat" (call ~about:path "stat" "status_of" [ Text path ])
let lstat path = stats_of "lstat" (call ~about:path "lstat" "link_status_of" [ Text path ])
let fstat fd = stats_of "fstat" (call "fstat" "status" [ Int fd ])
let isatty fd = match Host.call "is_terminal" [ Int fd ] with Answer (Int 1) -> true | _ -> false

(* Positions and sizes *)

let lseek fd offset command = int_of "lseek" (call "lseek" "seek" [ Int fd; Int offset; Int (number command) ])
let truncate path length = on_file "truncate" "truncate_file" path [ Int length ]
let ftruncate fd length = on_descriptor "ftruncate" "truncate" fd [ Int length ]

(* Ints have as many bits as the host's positions. *)
module LargeFile = struct
  let lseek fd offset command = Int64.of_int (lseek fd (Int64.to_int offset) command)
  let truncate path length = truncate path (Int64.to_int length)
  let ftruncate fd length = ftruncate fd (Int64.to_int length)

  type small = stats

  type stats =
    { st_dev : int;
      st_ino : int;
      st_kind : file_kind;
      st_perm : file_perm;
      st_nlink : int;
      st_uid : int;
      st_gid : int;
      st_rdev : int;
      st_size : int64;
      st_atime : float;
      st_mtime : float;
      st_ctime : float;
    }

  let large (s : small) =
    {
      st_dev = s.st_dev;
      st_ino = s.st_ino;
      st_kind = s.st_kind;
      st_perm = s.st_perm;
      st_nlink = s.st_nlink;
      st_uid = s.st_uid;
      st_gid = s.st_gid;
      st_rdev = s.st_rdev;
      st_size = Int64.of_int s.st_size;
      st_atime = s.st_atime;
      st_mtime = s.st_mtime;
      st_ctime = s.st_ctime;
    }

  let stat path = large (stat path)
  let lstat path = large (lstat path)
  let fstat fd = large (fstat fd)
end

(* The memory of a program is not a file's. *)
let map_file _ ?pos:_ _ _ _ _ = not_here "map_file"

(* Channels *)

external unchecked_in_channel : int -> in_channel = "caml_ml_open_descriptor_in"
external unchecked_out_channel : int -> out_channel = "caml_ml_open_descriptor_out"
external descriptor_of_input : in_channel -> int = "caml_channel_descriptor"
external descriptor_of_output : out_channel -> int = "caml_channel_descriptor"

let check_stream name fd =
  match stats_of name (call name "status" [ Int fd ]) with
  | { st_kind = S_REG | S_CHR | S_FIFO; _ } -> ()
  | _ -> fail EINVAL name

let in_channel_of_descr fd =
  check_stream "in_channel_of_descr" fd;
  unchecked_in_channel fd

let out_channel_of_descr fd =
  check_stream "out_channel_of_descr" fd;
  unchecked_out_channel fd

let open_descriptor fd = if fd < 0 then raise (Sys_error (error_message EBADF)) else fd
let descr_of_in_channel channel = open_descriptor (descriptor_of_input channel)
let descr_of_out_channel channel = open_descriptor (descriptor_of_output channel)

(* Names *)

let unlink path = on_file "unlink" "unlink" path []
let rename from target = on_file "rename" "rename" from [ Text target ]

let link ?follow:_ from target =
  ignore (call ~about:target "link" "link" [ Text from; Text target ])

let realpath path = text_of "realpath" (call ~about:path "realpath" "real_path" [ Text path ])

let symlink ?to_dir:_ target name =
  ignore (call ~about:name "symlink" "symbolic_link" [ Text target; Text name ])

let has_symlink () = true
let readlink path = text_of "readlink" (call ~about:path "readlink" "read_link" [ Text path ])

(* Permissions *)

type access_permission =
    R_OK
  | W_OK
  | X_OK
  | F_OK

let chmod path permissions = on_file "chmod" "set_permissions_of" path [ Int permissions ]
let fchmod fd permissions = on_descriptor "fchmod" "set_permissions" fd [ Int permissions ]
let chown path user group = on_file "chown" "set_owner_of" path [ Int user; Int group ]
let fchown fd user group = on_descriptor "fchown" "set_owner" fd [ Int user; Int group ]
let umask mask = int_of "umask" (call "umask" "mask" [ Int mask ])
let access path wanted = on_file "access" "access" path [ numbers wanted ]

(* Operations on descriptors *)

let dup ?cloexec:_ fd = int_of "dup" (call "dup" "duplicate" [ Int fd ])
let dup2 ?cloexec:_ fd target = on_descriptor "dup2" "duplicate_to" fd [ Int target ]
let set_nonblock fd = on_descriptor "set_nonblock" "set_nonblocking" fd [ Int 1 ]
let clear_nonblock fd = on_descriptor "clear_nonblock" "set_nonblocking" fd [ Int 0 ]

(* Nothing is ever executed. *)
let set_close_on_exec fd = on_descriptor "set_close_on_exec" "status" fd []
let clear_close_on_exec fd = on_descriptor "clear_close_on_exec" "status" fd []

(* Directories *)

let mkdir path permissions = on_file "mkdir" "make_directory" path [ Int permissions ]
let rmdir path = on_file "rmdir" "remove_directory" path []
let chdir path = on_file "chdir" "change_directory" path []
let getcwd () = text_of "getcwd" (call "getcwd" "current_directory" [])
let chroot _ = not_here "chroot"

(* The names that have not been read yet. *)
type dir_handle = { directory : string; mutable names : string list; mutable is_open : bool }

let names_in path =
  let name = "opendir" in
  "." :: ".." :: List.map (text_of name) (list_of name (call ~about:path name "list" [ Text path ]))

let opendir directory = { directory; names = names_in directory; is_open = true }
let check_open name handle = if not handle.is_open then fail EBADF name

let readdir handle =
  check_open "readdir" handle;
  match handle.names with
  | [] -> raise End_of_file
  | name :: rest ->
      handle.names <- rest;
      name

let rewinddir handle =
  check_open "rewinddir" handle;
  handle.names <- names_in handle.directory

let closedir handle =
  check_open "closedir" handle;
  handle.is_open <- false

(* Pipes *)

let pipe ?cloexec:_ () =
  match call "pipe" "pipe" [] with List [ Int reader; Int writer ] -> (reader, writer) | _ -> unexpected "pipe"

let mkfifo _ _ = not_here "mkfifo"
let create_process _ _ _ _ _ = not_here "create_process"
let create_process_env _ _ _ _ _ _ = not_here "create_process_env"
let open_process_in _ = not_here "open_process_in"
let open_process_out _ = not_here "open_process_out"
let open_process _ = not_here "open_process"
let open_process_full _ _ = not_here "open_process_full"
let open_process_args _ _ = not_here "open_process_args"
let open_process_args_in _ _ = not_here "open_process_args_in"
let open_process_args_out _ _ = not_here "open_process_args_out"
let open_process_args_full _ _ _ = not_here "open_process_args_full"

(* So no channel leads to another program. *)
let process_in_pid _ = fail EBADF "process_in_pid"
let process_out_pid _ = fail EBADF "process_out_pid"
let process_pid _ = fail EBADF "process_pid"
let process_full_pid _ = fail EBADF "process_full_pid"
let close_process_in _ = fail EBADF "close_process_in"
let close_process_out _ = fail EBADF "close_process_out"
let close_process _ = fail EBADF "close_process"
let close_process_full _ = fail EBADF "close_process_full"

(* Waiting *)

external now : unit -> float = "caml_green_time"

let descriptors items = Host.List (List.map (fun fd -> Host.Int fd) items)

let ready readers writers =
  match call "select" "ready" [ descriptors readers; descriptors writers ] with
  | List [ List can_read; List can_write ] ->
      let are_in items fd = List.mem (Host.Int fd) items in
      (* The last comes first, as with OCaml. *)
      (List.rev (List.filter (are_in can_read) readers), List.rev (List.filter (are_in can_write) writers))
  | _ -> unexpected "select"

let select readers writers _exceptional timeout =
  let until = now () +. timeout in
  let rec wait () =
    let left = until -. now () in
    match ready readers writers with
    | [], [] when timeout < 0. || left > 0. ->
        Green.delay (if timeout < 0. then pause_of_waiting else min left pause_of_waiting);
        wait ()
    | can_read, can_write -> (can_read, can_write, [])
  in
  wait ()

type lock_command =
    F_ULOCK
  | F_LOCK
  | F_TLOCK
  | F_TEST
  | F_RLOCK
  | F_TRLOCK

let lockf _ _ _ = not_here "lockf"

(* Signals do not reach programs. *)

let kill _ _ = not_here "kill"

type sigprocmask_command =
    SIG_SETMASK
  | SIG_BLOCK
  | SIG_UNBLOCK

let sigprocmask _ _ = not_here "sigprocmask"
let sigpending () = not_here "sigpending"
let sigsuspend _ = not_here "sigsuspend"
let pause () = not_here "pause"
let sigwait _ = not_here "sigwait"

(* Time *)

type process_times =
  { tms_utime : float;
    tms_stime : float;
    tms_cutime : float;
    tms_cstime : float;
  }

type tm =
  { tm_sec : int;
    tm_min : int;
    tm_hour : int;
    tm_mday : int;
    tm_mon : int;
    tm_year : int;
    tm_wday : int;
    tm_yday : int;
    tm_isdst : bool;
  }

external gettimeofday : unit -> float = "caml_sys_time_of_day"

let time () = floor (gettimeofday ())

let sleepf seconds = if seconds >= 0. then Green.delay seconds

let sleep seconds = sleepf (float_of_int seconds)

let times () =
  match call "times" "times" [] with
  | List [ Float tms_utime; Float tms_stime ] -> { tms_utime; tms_stime; tms_cutime = 0.; tms_cstime = 0. }
  | _ -> unexpected "times"

let utimes path accessed modified = on_file "utimes" "set_times_of" path [ Float accessed; Float modified ]
let alarm _ = not_here "alarm"

(* The calendar, by eras of 400 years whose years begin in March. *)

let floor_div a b = if a >= 0 then a / b else -((b - 1 - a) / b)
let days_per_era = 146_097

(* From the first of March of the year 0 to 1970. *)
let days_before_1970 = 719_468

(* Days from 1970 to a date; months from 1. *)
let days_of_date year month day =
  let year = if month <= 2 then year - 1 else year in
  let era = floor_div year 400 in
  let year_of_era = year - (era * 400) in
  let day_of_year = (((153 * if month > 2 then month - 3 else month + 9) + 2) / 5) + day - 1 in
  (era * days_per_era) + (year_of_era * 365) + (year_of_era / 4) - (year_of_era / 100) + day_of_year - days_before_1970

let date_of_days days =
  let days = days + days_before_1970 in
  let era = floor_div days days_per_era in
  let day_of_era = days - (era * days_per_era) in
  let year_of_era = (day_of_era - (day_of_era / 1460) + (day_of_era / 36_524) - (day_of_era / 146_096)) / 365 in
  let day_of_year = day_of_era - ((365 * year_of_era) + (year_of_era / 4) - (year_of_era / 100)) in
  let month = ((5 * day_of_year) + 2) / 153 in
  let day = day_of_year - (((153 * month) + 2) / 5) + 1 in
  let month = if month < 10 then month + 3 else month - 9 in
  ((year_of_era + (era * 400) + if month <= 2 then 1 else 0), month, day)

let seconds_per_day = 86_400

let tm_of_seconds seconds tm_isdst =
  let days = floor_div seconds seconds_per_day in
  let second = seconds - (days * seconds_per_day) in
  let year, month, day = date_of_days days in
  {
    tm_sec = second mod 60;
    tm_min = second / 60 mod 60;
    tm_hour = second / 3600;
    tm_mday = day;
    tm_mon = month - 1;
    tm_year = year - 1900;
    tm_wday = days + 4 - (7 * floor_div (days + 4) 7);
    tm_yday = days - days_of_date year 1 1;
    tm_isdst;
  }

let seconds_of_tm tm =
  let years = floor_div tm.tm_mon 12 in
  let first = days_of_date (1900 + tm.tm_year + years) (tm.tm_mon - (12 * years) + 1) 1 in
  ((first + tm.tm_mday - 1) * seconds_per_day) + (tm.tm_hour * 3600) + (tm.tm_min * 60) + tm.tm_sec

(* Years are numbers of 32 bits for the system. *)
let whole_seconds name time = if Float.abs time < 6.7e16 then Stdlib.truncate time else fail EINVAL name

let gmtime time = tm_of_seconds (whole_seconds "gmtime" time) false

(* How far local time is ahead, and whether it is summer time. *)
let zone name seconds =
  match call name "zone" [ Float (float_of_int seconds) ] with
  | List [ Int offset; Int is_summer ] -> (offset, is_summer <> 0)
  | _ -> unexpected name

let local name seconds =
  let offset, is_summer = zone name seconds in
  tm_of_seconds (seconds + offset) is_summer

let localtime time = local "localtime" (whole_seconds "localtime" time)

let mktime tm =
  let name = "mktime" in
  let wanted = seconds_of_tm tm in
  (* The zone's offset at the time is found with that at a time not far from it. *)
  let near = wanted - fst (zone name wanted) in
  let seconds = wanted - fst (zone name near) in
  (* C's function has no other way to fail. *)
  if seconds = -1 then fail ERANGE name;
  (float_of_int seconds, local name seconds)

type interval_timer =
    ITIMER_REAL
  | ITIMER_VIRTUAL
  | ITIMER_PROF

type interval_timer_status =
  { it_interval : float;
    it_value : float;
  }

let getitimer _ = not_here "getitimer"
let setitimer _ _ = not_here "setitimer"

(* Users and groups *)

let user_numbers name =
  match call name "users" [] with
  | List [ Int user; Int effective_user; Int group; Int effective_group ] ->
      (user, effective_user, group, effective_group)
  | _ -> unexpected name

let getuid () =
  let user, _, _, _ = user_numbers "getuid" in
  user

let geteuid () =
  let _, user, _, _ = user_numbers "geteuid" in
  user

let getgid () =
  let _, _, group, _ = user_numbers "getgid" in
  group

let getegid () =
  let _, _, _, group = user_numbers "getegid" in
  group

let setuid _ = not_here "setuid"
let setgid _ = not_here "setgid"

let getgroups () =
  Array.of_list (List.map (int_of "getgroups") (list_of "getgroups" (call "getgroups" "groups" [])))

let setgroups _ = not_here "setgroups"
let initgroups _ _ = not_here "initgroups"

type passwd_entry =
  { pw_name : string;
    pw_passwd : string;
    pw_uid : int;
    pw_gid : int;
    pw_gecos : string;
    pw_dir : string;
    pw_shell : string
  }

type group_entry =
  { gr_name : string;
    gr_passwd : string;
    gr_gid : int;
    gr_mem : string array
  }

let getlogin () = text_of "getlogin" (call "getlogin" "login" [])

(* The system's tables are text files: their lines; none if there is no such file. *)
let lines_of file =
  match Stdlib.open_in file with
  | exception Sys_error _ -> []
  | channel -> Fun.protect ~finally:(fun () -> close_in_noerr channel) (fun () -> In_channel.input_lines channel)

let passwd_of_line line =
  match String.split_on_char ':' line with
  | [ pw_name; pw_passwd; user; group; pw_gecos; pw_dir; pw_shell ] -> (
      match (int_of_string_opt user, int_of_string_opt group) with
      | Some pw_uid, Some pw_gid -> Some { pw_name; pw_passwd; pw_uid; pw_gid; pw_gecos; pw_dir; pw_shell }
      | _ -> None)
  | _ -> None

let group_of_line line =
  match String.split_on_char ':' line with
  | [ gr_name; gr_passwd; group; members ] ->
      let gr_mem = if members = "" then [||] else Array.of_list (String.split_on_char ',' members) in
      Option.map (fun gr_gid -> { gr_name; gr_passwd; gr_gid; gr_mem }) (int_of_string_opt group)
  | _ -> None

let find_user test = List.find test (List.filter_map passwd_of_line (lines_of "/etc/passwd"))
let find_group test = List.find test (List.filter_map group_of_line (lines_of "/etc/group"))
let getpwnam name = find_user (fun user -> user.pw_name = name)
let getpwuid number = find_user (fun user -> user.pw_uid = number)
let getgrnam name = find_group (fun group -> group.gr_name = name)
let getgrgid number = find_group (fun group -> group.gr_gid = number)

(* Addresses *)

type inet_addr = string

let inet_addr_of_string text =
  match CamlinternalInet.of_text text with Some address -> address | None -> failwith "inet_addr_of_string"

let string_of_inet_addr = CamlinternalInet.to_text
let inet_addr_any = inet_addr_of_string "0.0.0.0"
let inet_addr_loopback = inet_addr_of_string "127.0.0.1"
let inet6_addr_any = inet_addr_of_string "::"
let inet6_addr_loopback = inet_addr_of_string "::1"
let is_inet6_addr address = String.length address = 16

(* Sockets: there are none, so no descriptor is one. *)

type socket_domain =
    PF_UNIX
  | PF_INET
  | PF_INET6

type socket_type =
    SOCK_STREAM
  | SOCK_DGRAM
  | SOCK_RAW
  | SOCK_SEQPACKET

type sockaddr =
    ADDR_UNIX of string
  | ADDR_INET of inet_addr * int

let domain_of_address address = if is_inet6_addr address then PF_INET6 else PF_INET
let domain_of_sockaddr = function ADDR_UNIX _ -> PF_UNIX | ADDR_INET (address, _) -> domain_of_address address
let socket ?cloexec:_ _ _ _ = not_here "socket"
let socketpair ?cloexec:_ _ _ _ = not_here "socketpair"

let no_socket name fd =
  on_descriptor name "status" fd [];
  fail ENOTSOCK name

let accept ?cloexec:_ fd = no_socket "accept" fd
let bind fd _ = no_socket "bind" fd
let connect fd _ = no_socket "connect" fd
let listen fd _ = no_socket "listen" fd

type shutdown_command =
    SHUTDOWN_RECEIVE
  | SHUTDOWN_SEND
  | SHUTDOWN_ALL

let shutdown fd _ = no_socket "shutdown" fd
let getsockname fd = no_socket "getsockname" fd
let getpeername fd = no_socket "getpeername" fd

type msg_flag =
    MSG_OOB
  | MSG_DONTROUTE
  | MSG_PEEK

let transfer name length fd pos len =
  check_range ("Unix." ^ name) length pos len;
  no_socket name fd

let recv fd buffer pos len _ = transfer "recv" (Bytes.length buffer) fd pos len
let recvfrom fd buffer pos len _ = transfer "recvfrom" (Bytes.length buffer) fd pos len
let send_substring fd text pos len _ = transfer "send" (String.length text) fd pos len
let send fd buffer pos len flags = send_substring fd (Bytes.unsafe_to_string buffer) pos len flags
let sendto_substring fd text pos len _ _ = transfer "sendto" (String.length text) fd pos len
let sendto fd buffer pos len flags address = sendto_substring fd (Bytes.unsafe_to_string buffer) pos len flags address

type socket_bool_option =
    SO_DEBUG
  | SO_BROADCAST
  | SO_REUSEADDR
  | SO_KEEPALIVE
  | SO_DONTROUTE
  | SO_OOBINLINE
  | SO_ACCEPTCONN
  | TCP_NODELAY
  | IPV6_ONLY
  | SO_REUSEPORT

type socket_int_option =
    SO_SNDBUF
  | SO_RCVBUF
  | SO_ERROR
    [@ocaml.deprecated "Use Unix.getsockopt_error instead."]
  | SO_TYPE
  | SO_RCVLOWAT
  | SO_SNDLOWAT

type socket_optint_option =
  SO_LINGER

type socket_float_option =
    SO_RCVTIMEO
  | SO_SNDTIMEO

let getsockopt fd _ = no_socket "getsockopt" fd
let setsockopt fd _ _ = no_socket "setsockopt" fd
let getsockopt_int = getsockopt
let setsockopt_int = setsockopt
let getsockopt_optint = getsockopt
let setsockopt_optint = setsockopt
let getsockopt_float = getsockopt
let setsockopt_float = setsockopt
let getsockopt_error fd = no_socket "getsockopt" fd
let open_connection _ = not_here "socket"
let shutdown_connection channel = no_socket "shutdown" (descr_of_in_channel channel)
let establish_server _ _ = not_here "socket"

(* Names of hosts, protocols and services: addresses in digits, and what the system's tables say. No server is asked. *)

type host_entry =
  { h_name : string;
    h_aliases : string array;
    h_addrtype : socket_domain;
    h_addr_list : inet_addr array
  }

type protocol_entry =
  { p_name : string;
    p_aliases : string array;
    p_proto : int
  }

type service_entry =
  { s_name : string;
    s_aliases : string array;
    s_port : int;
    s_proto : string
  }

let gethostname () = text_of "gethostname" (call "gethostname" "host_name" [])

(* The words of each line but for its comment. *)
let table_of file =
  let words line =
    let meant = List.hd (String.split_on_char '#' line) in
    List.filter (fun word -> word <> "") (String.split_on_char ' ' (String.map (fun c -> if c = '\t' then ' ' else c) meant))
  in
  List.map words (lines_of file)

let host_of_words = function
  | text :: h_name :: aliases ->
      let entry address =
        { h_name; h_aliases = Array.of_list aliases; h_addrtype = domain_of_address address; h_addr_list = [| address |] }
      in
      Option.map entry (CamlinternalInet.of_text text)
  | _ -> None

let hosts () = List.filter_map host_of_words (table_of "/etc/hosts")
let has_name name entry = entry.h_name = name || Array.mem name entry.h_aliases

let gethostbyname name =
  match CamlinternalInet.of_text name with
  | Some address ->
      { h_name = name; h_aliases = [||]; h_addrtype = domain_of_address address; h_addr_list = [| address |] }
  | None -> List.find (fun entry -> has_name name entry && entry.h_addrtype = PF_INET) (hosts ())

let gethostbyaddr address = List.find (fun entry -> Array.mem address entry.h_addr_list) (hosts ())

let protocol_of_words = function
  | p_name :: number :: aliases ->
      Option.map (fun p_proto -> { p_name; p_aliases = Array.of_list aliases; p_proto }) (int_of_string_opt number)
  | _ -> None

let find_protocol test = List.find test (List.filter_map protocol_of_words (table_of "/etc/protocols"))
let getprotobyname name = find_protocol (fun entry -> entry.p_name = name || Array.mem name entry.p_aliases)
let getprotobynumber number = find_protocol (fun entry -> entry.p_proto = number)

let service_of_words = function
  | s_name :: place :: aliases -> (
      match String.split_on_char '/' place with
      | [ port; s_proto ] ->
          Option.map (fun s_port -> { s_name; s_aliases = Array.of_list aliases; s_port; s_proto }) (int_of_string_opt port)
      | _ -> None)
  | _ -> None

(* An empty protocol is any. *)
let find_service protocol test =
  let fits entry = test entry && (protocol = "" || entry.s_proto = protocol) in
  List.find fits (List.filter_map service_of_words (table_of "/etc/services"))

let getservbyname name protocol =
  find_service protocol (fun entry -> entry.s_name = name || Array.mem name entry.s_aliases)

let getservbyport port protocol = find_service protocol (fun entry -> entry.s_port = port)

type addr_info =
  { ai_family : socket_domain;
    ai_socktype : socket_type;
    ai_protocol : int;
    ai_addr : sockaddr;
    ai_canonname : string
  }

type getaddrinfo_option =
    AI_FAMILY of socket_domain
  | AI_SOCKTYPE of socket_type
  | AI_PROTOCOL of int
  | AI_NUMERICHOST
  | AI_CANONNAME
  | AI_PASSIVE

(* With the protocol that the system gives each. *)
let socket_types = [ (SOCK_STREAM, 6, "tcp"); (SOCK_DGRAM, 17, "udp"); (SOCK_RAW, 0, "") ]

let addresses_of host options =
  match CamlinternalInet.of_text host with
  | Some address -> [ address ]
  | None when host = "" && List.mem AI_PASSIVE options -> [ inet_addr_any; inet6_addr_any ]
  | None when host = "" -> [ inet6_addr_loopback; inet_addr_loopback ]
  | None when List.mem AI_NUMERICHOST options -> []
  | None -> List.concat_map (fun entry -> Array.to_list entry.h_addr_list) (List.filter (has_name host) (hosts ()))

let port_of service protocol =
  match int_of_string_opt service with
  | Some port when port >= 0 -> Some port
  | _ when service = "" -> Some 0
  | _ -> ( match getservbyname service protocol with entry -> Some entry.s_port | exception Not_found -> None)

let getaddrinfo host service options =
  let allows address (kind, protocol, _) =
    let allowed = function
      | AI_FAMILY domain -> domain = domain_of_address address
      | AI_SOCKTYPE wanted -> wanted = kind
      | AI_PROTOCOL wanted -> wanted = 0 || wanted = protocol
      | AI_NUMERICHOST | AI_CANONNAME | AI_PASSIVE -> true
    in
    List.for_all allowed options
  in
  let info address (ai_socktype, ai_protocol, name) =
    let entry port =
      {
        ai_family = domain_of_address address;
        ai_socktype;
        ai_protocol;
        ai_addr = ADDR_INET (address, port);
        ai_canonname = (if List.mem AI_CANONNAME options then host else "");
      }
    in
    Option.map entry (port_of service name)
  in
  List.concat_map
    (fun address -> List.filter_map (info address) (List.filter (allows address) socket_types))
    (addresses_of host options)

type name_info =
  { ni_hostname : string;
    ni_service : string;
  }

type getnameinfo_option =
    NI_NOFQDN
  | NI_NUMERICHOST
  | NI_NAMEREQD
  | NI_NUMERICSERV
  | NI_DGRAM

let getnameinfo address options =
  match address with
  | ADDR_UNIX _ -> raise Not_found
  | ADDR_INET (address, port) ->
      let is_known entry = Array.mem address entry.h_addr_list in
      let known = if List.mem NI_NUMERICHOST options then None else List.find_opt is_known (hosts ()) in
      let ni_hostname =
        match known with
        | Some entry -> entry.h_name
        | None when List.mem NI_NAMEREQD options -> raise Not_found
        | None -> string_of_inet_addr address
      in
      let protocol = if List.mem NI_DGRAM options then "udp" else "tcp" in
      let ni_service =
        match if List.mem NI_NUMERICSERV options then raise Not_found else getservbyport port protocol with
        | entry -> entry.s_name
        | exception Not_found -> string_of_int port
      in
      { ni_hostname; ni_service }

(* Terminals: one can be asked for, and not set. *)

type terminal_io =
  {
    mutable c_ignbrk : bool;
    mutable c_brkint : bool;
    mutable c_ignpar : bool;
    mutable c_parmrk : bool;
    mutable c_inpck : bool;
    mutable c_istrip : bool;
    mutable c_inlcr : bool;
    mutable c_igncr : bool;
    mutable c_icrnl : bool;
    mutable c_ixon : bool;
    mutable c_ixoff : bool;
    mutable c_opost : bool;
    mutable c_obaud : int;
    mutable c_ibaud : int;
    mutable c_csize : int;
    mutable c_cstopb : int;
    mutable c_cread : bool;
    mutable c_parenb : bool;
    mutable c_parodd : bool;
    mutable c_hupcl : bool;
    mutable c_clocal : bool;
    mutable c_isig : bool;
    mutable c_icanon : bool;
    mutable c_noflsh : bool;
    mutable c_echo : bool;
    mutable c_echoe : bool;
    mutable c_echok : bool;
    mutable c_echonl : bool;
    mutable c_vintr : char;
    mutable c_vquit : char;
    mutable c_verase : char;
    mutable c_vkill : char;
    mutable c_veof : char;
    mutable c_veol : char;
    mutable c_vmin : int;
    mutable c_vtime : int;
    mutable c_vstart : char;
    mutable c_vstop : char;
  }

let no_terminal name fd =
  on_descriptor name "status" fd [];
  if isatty fd then not_here name else fail ENOTTY name

let tcgetattr fd = no_terminal "tcgetattr" fd

type setattr_when =
    TCSANOW
  | TCSADRAIN
  | TCSAFLUSH

let tcsetattr fd _ _ = no_terminal "tcsetattr" fd
let tcsendbreak fd _ = no_terminal "tcsendbreak" fd
let tcdrain fd = no_terminal "tcdrain" fd

type flush_queue =
    TCIFLUSH
  | TCOFLUSH
  | TCIOFLUSH

let tcflush fd _ = no_terminal "tcflush" fd

type flow_action =
    TCOOFF
  | TCOON
  | TCIOFF
  | TCION

let tcflow fd _ = no_terminal "tcflow" fd
let setsid () = not_here "setsid"
