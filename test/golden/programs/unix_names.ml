(* Error messages, addresses and their texts, databases. *)
(* libraries unix *)

open Unix

let errors =
  [ E2BIG; EACCES; EAGAIN; EBADF; EBUSY; ECHILD; EDEADLK; EDOM; EEXIST; EFAULT; EFBIG; EINTR; EINVAL; EIO; EISDIR; EMFILE;
    EMLINK; ENAMETOOLONG; ENFILE; ENODEV; ENOENT; ENOEXEC; ENOLCK; ENOMEM; ENOSPC; ENOSYS; ENOTDIR; ENOTEMPTY; ENOTTY; ENXIO;
    EPERM; EPIPE; ERANGE; EROFS; ESPIPE; ESRCH; EXDEV; EWOULDBLOCK; EINPROGRESS; EALREADY; ENOTSOCK; EDESTADDRREQ; EMSGSIZE;
    EPROTOTYPE; ENOPROTOOPT; EPROTONOSUPPORT; ESOCKTNOSUPPORT; EOPNOTSUPP; EPFNOSUPPORT; EAFNOSUPPORT; EADDRINUSE;
    EADDRNOTAVAIL; ENETDOWN; ENETUNREACH; ENETRESET; ECONNABORTED; ECONNRESET; ENOBUFS; EISCONN; ENOTCONN; ESHUTDOWN;
    ETOOMANYREFS; ETIMEDOUT; ECONNREFUSED; EHOSTDOWN; EHOSTUNREACH; ELOOP; EOVERFLOW; EUNKNOWNERR 4000 ]

let () =
  List.iter
    (fun error -> Printf.printf "%s: %s\n" (Printexc.to_string (Unix_error (error, "f", "x\n\"y\""))) (error_message error))
    errors;
  Printf.printf "%b\n" (Unix_error (EDOM, "a", "b") = Unix_error (EDOM, "a", "b"))

let addresses =
  [ "127.0.0.1"; "0.0.0.0"; "255.255.255.255"; "1.2.3"; "127.1"; "01.2.3.4"; "256.1.1.1"; "1.2.3.4.5"; "1..2.3"; "::"; "::1"; "1::";
    "1:2:3:4:5:6:7:8"; "1:2:3:4:5:6:7::"; "1:2:3:4:5:6:7:8:9"; "1:2:3:4:5:6:7"; "::ffff:1.2.3.4"; "::1.2.3.4"; "1:0:0:2:0:0:0:3";
    "1:0:0:2:0:0:3:4"; "2001:DB8::A"; "1::2::3"; ":1"; "1:"; ":::"; ""; "localhost"; "1:2:3:4:5:6:1.2.3.4"; "::1:2.3.4.5:6";
    "12345::"; "0:0:1:0:0:0:0:0"; "::2:0"; "1.2.3.4:5"; "0x7f.0.0.1"; "4294967295"; "::ffff:0:0"; "64:ff9b::1.2.3.4"; "::g";
    "0:0:0:0:0:ffff:0:1"; "1:0:1:0:1:0:1:0"; "::1.2.3"; "::1.2.3.256" ]

let () =
  List.iter
    (fun text ->
      match inet_addr_of_string text with
      | address -> Printf.printf "%s = %s %b\n" text (string_of_inet_addr address) (is_inet6_addr address)
      | exception Failure message -> Printf.printf "%S: %s\n" text message)
    addresses;
  List.iter
    (fun address -> print_endline (string_of_inet_addr address))
    [ inet_addr_any; inet_addr_loopback; inet6_addr_any; inet6_addr_loopback ];
  Printf.printf "%b %b\n" (inet_addr_of_string "::1" = inet6_addr_loopback) (inet_addr_any = inet_addr_loopback)

let domain = function PF_UNIX -> "unix" | PF_INET -> "inet" | PF_INET6 -> "inet6"

let () =
  List.iter
    (fun address -> print_endline (domain (domain_of_sockaddr address)))
    [ ADDR_UNIX "x"; ADDR_INET (inet_addr_any, 1); ADDR_INET (inet6_addr_any, 1) ]

let show info =
  match info.ai_addr with
  | ADDR_UNIX name -> name
  | ADDR_INET (address, port) ->
      Printf.sprintf "%s %s:%d %d %s" (domain info.ai_family) (string_of_inet_addr address) port info.ai_protocol
        (match info.ai_socktype with SOCK_STREAM -> "stream" | SOCK_DGRAM -> "datagrams" | _ -> "raw")

let ask host service options =
  Printf.printf "%S %S:\n" host service;
  List.iter (fun info -> Printf.printf "  %s\n" (show info)) (getaddrinfo host service options)

let () =
  ask "1.2.3.4" "80" [];
  ask "::1" "80" [ AI_SOCKTYPE SOCK_STREAM ];
  ask "1.2.3.4" "80" [ AI_FAMILY PF_INET6 ];
  ask "1.2.3.4" "" [ AI_SOCKTYPE SOCK_DGRAM ];
  ask "1.2.3.4" "80" [ AI_PROTOCOL 6 ];
  ask "x.y" "80" [ AI_NUMERICHOST ];
  ask "" "80" [ AI_FAMILY PF_INET; AI_SOCKTYPE SOCK_STREAM ];
  ask "" "80" [ AI_FAMILY PF_INET; AI_SOCKTYPE SOCK_STREAM; AI_PASSIVE ];
  let info = getnameinfo (ADDR_INET (inet_addr_of_string "1.2.3.4", 80)) [ NI_NUMERICHOST; NI_NUMERICSERV ] in
  Printf.printf "%s %s\n" info.ni_hostname info.ni_service;
  let host = gethostbyname "1.2.3.4" in
  Printf.printf "%s %s %d\n" host.h_name (domain host.h_addrtype) (Array.length host.h_addr_list);
  let host = gethostbyname "localhost" in
  Printf.printf "%s %s\n" host.h_name (string_of_inet_addr host.h_addr_list.(0))

let () =
  List.iter
    (fun (name, f) ->
      match f () with
      | () -> Printf.printf "%s: done\n" name
      | exception Unix_error (e, f, _) -> Printf.printf "%s: %s in %s\n" name (error_message e) f)
    [
      ("waitpid", fun () -> ignore (waitpid [] (-1)));
      ("wait", fun () -> ignore (wait ()));
      ("getsockname", fun () -> ignore (getsockname (openfile "/dev/null" [ O_RDONLY ] 0)));
      ("getpeername", fun () -> ignore (getpeername (openfile "/dev/null" [ O_RDONLY ] 0)));
      ("recv", fun () -> ignore (recv (openfile "/dev/null" [ O_RDONLY ] 0) (Bytes.create 1) 0 1 []));
      ("send", fun () -> ignore (send_substring (openfile "/dev/null" [ O_WRONLY ] 0) "x" 0 1 []));
      ("accept", fun () -> ignore (accept (openfile "/dev/null" [ O_RDONLY ] 0)));
      ("listen", fun () -> listen (openfile "/dev/null" [ O_RDONLY ] 0) 1);
      ("getsockopt", fun () -> ignore (getsockopt (openfile "/dev/null" [ O_RDONLY ] 0) SO_DEBUG));
      ("tcgetattr", fun () -> ignore (tcgetattr (openfile "/dev/null" [ O_RDONLY ] 0)));
      ("tcdrain", fun () -> tcdrain (openfile "/dev/null" [ O_RDONLY ] 0));
    ];
  handle_unix_error print_endline "no failure"

(* stdout {expected|
Unix.Unix_error(Unix.E2BIG, "f", "x\n\"y\""): Argument list too long
Unix.Unix_error(Unix.EACCES, "f", "x\n\"y\""): Permission denied
Unix.Unix_error(Unix.EAGAIN, "f", "x\n\"y\""): Resource temporarily unavailable
Unix.Unix_error(Unix.EBADF, "f", "x\n\"y\""): Bad file descriptor
Unix.Unix_error(Unix.EBUSY, "f", "x\n\"y\""): Device or resource busy
Unix.Unix_error(Unix.ECHILD, "f", "x\n\"y\""): No child processes
Unix.Unix_error(Unix.EDEADLK, "f", "x\n\"y\""): Resource deadlock avoided
Unix.Unix_error(Unix.EDOM, "f", "x\n\"y\""): Numerical argument out of domain
Unix.Unix_error(Unix.EEXIST, "f", "x\n\"y\""): File exists
Unix.Unix_error(Unix.EFAULT, "f", "x\n\"y\""): Bad address
Unix.Unix_error(Unix.EFBIG, "f", "x\n\"y\""): File too large
Unix.Unix_error(Unix.EINTR, "f", "x\n\"y\""): Interrupted system call
Unix.Unix_error(Unix.EINVAL, "f", "x\n\"y\""): Invalid argument
Unix.Unix_error(Unix.EIO, "f", "x\n\"y\""): Input/output error
Unix.Unix_error(Unix.EISDIR, "f", "x\n\"y\""): Is a directory
Unix.Unix_error(Unix.EMFILE, "f", "x\n\"y\""): Too many open files
Unix.Unix_error(Unix.EMLINK, "f", "x\n\"y\""): Too many links
Unix.Unix_error(Unix.ENAMETOOLONG, "f", "x\n\"y\""): File name too long
Unix.Unix_error(Unix.ENFILE, "f", "x\n\"y\""): Too many open files in system
Unix.Unix_error(Unix.ENODEV, "f", "x\n\"y\""): No such device
Unix.Unix_error(Unix.ENOENT, "f", "x\n\"y\""): No such file or directory
Unix.Unix_error(Unix.ENOEXEC, "f", "x\n\"y\""): Exec format error
Unix.Unix_error(Unix.ENOLCK, "f", "x\n\"y\""): No locks available
Unix.Unix_error(Unix.ENOMEM, "f", "x\n\"y\""): Cannot allocate memory
Unix.Unix_error(Unix.ENOSPC, "f", "x\n\"y\""): No space left on device
Unix.Unix_error(Unix.ENOSYS, "f", "x\n\"y\""): Function not implemented
Unix.Unix_error(Unix.ENOTDIR, "f", "x\n\"y\""): Not a directory
Unix.Unix_error(Unix.ENOTEMPTY, "f", "x\n\"y\""): Directory not empty
Unix.Unix_error(Unix.ENOTTY, "f", "x\n\"y\""): Inappropriate ioctl for device
Unix.Unix_error(Unix.ENXIO, "f", "x\n\"y\""): No such device or address
Unix.Unix_error(Unix.EPERM, "f", "x\n\"y\""): Operation not permitted
Unix.Unix_error(Unix.EPIPE, "f", "x\n\"y\""): Broken pipe
Unix.Unix_error(Unix.ERANGE, "f", "x\n\"y\""): Numerical result out of range
Unix.Unix_error(Unix.EROFS, "f", "x\n\"y\""): Read-only file system
Unix.Unix_error(Unix.ESPIPE, "f", "x\n\"y\""): Illegal seek
Unix.Unix_error(Unix.ESRCH, "f", "x\n\"y\""): No such process
Unix.Unix_error(Unix.EXDEV, "f", "x\n\"y\""): Invalid cross-device link
Unix.Unix_error(Unix.EWOULDBLOCK, "f", "x\n\"y\""): Resource temporarily unavailable
Unix.Unix_error(Unix.EINPROGRESS, "f", "x\n\"y\""): Operation now in progress
Unix.Unix_error(Unix.EALREADY, "f", "x\n\"y\""): Operation already in progress
Unix.Unix_error(Unix.ENOTSOCK, "f", "x\n\"y\""): Socket operation on non-socket
Unix.Unix_error(Unix.EDESTADDRREQ, "f", "x\n\"y\""): Destination address required
Unix.Unix_error(Unix.EMSGSIZE, "f", "x\n\"y\""): Message too long
Unix.Unix_error(Unix.EPROTOTYPE, "f", "x\n\"y\""): Protocol wrong type for socket
Unix.Unix_error(Unix.ENOPROTOOPT, "f", "x\n\"y\""): Protocol not available
Unix.Unix_error(Unix.EPROTONOSUPPORT, "f", "x\n\"y\""): Protocol not supported
Unix.Unix_error(Unix.ESOCKTNOSUPPORT, "f", "x\n\"y\""): Socket type not supported
Unix.Unix_error(Unix.EOPNOTSUPP, "f", "x\n\"y\""): Operation not supported
Unix.Unix_error(Unix.EPFNOSUPPORT, "f", "x\n\"y\""): Protocol family not supported
Unix.Unix_error(Unix.EAFNOSUPPORT, "f", "x\n\"y\""): Address family not supported by protocol
Unix.Unix_error(Unix.EADDRINUSE, "f", "x\n\"y\""): Address already in use
Unix.Unix_error(Unix.EADDRNOTAVAIL, "f", "x\n\"y\""): Cannot assign requested address
Unix.Unix_error(Unix.ENETDOWN, "f", "x\n\"y\""): Network is down
Unix.Unix_error(Unix.ENETUNREACH, "f", "x\n\"y\""): Network is unreachable
Unix.Unix_error(Unix.ENETRESET, "f", "x\n\"y\""): Network dropped connection on reset
Unix.Unix_error(Unix.ECONNABORTED, "f", "x\n\"y\""): Software caused connection abort
Unix.Unix_error(Unix.ECONNRESET, "f", "x\n\"y\""): Connection reset by peer
Unix.Unix_error(Unix.ENOBUFS, "f", "x\n\"y\""): No buffer space available
Unix.Unix_error(Unix.EISCONN, "f", "x\n\"y\""): Transport endpoint is already connected
Unix.Unix_error(Unix.ENOTCONN, "f", "x\n\"y\""): Transport endpoint is not connected
Unix.Unix_error(Unix.ESHUTDOWN, "f", "x\n\"y\""): Cannot send after transport endpoint shutdown
Unix.Unix_error(Unix.ETOOMANYREFS, "f", "x\n\"y\""): Too many references: cannot splice
Unix.Unix_error(Unix.ETIMEDOUT, "f", "x\n\"y\""): Connection timed out
Unix.Unix_error(Unix.ECONNREFUSED, "f", "x\n\"y\""): Connection refused
Unix.Unix_error(Unix.EHOSTDOWN, "f", "x\n\"y\""): Host is down
Unix.Unix_error(Unix.EHOSTUNREACH, "f", "x\n\"y\""): No route to host
Unix.Unix_error(Unix.ELOOP, "f", "x\n\"y\""): Too many levels of symbolic links
Unix.Unix_error(Unix.EOVERFLOW, "f", "x\n\"y\""): Value too large for defined data type
Unix.Unix_error(Unix.EUNKNOWNERR 4000, "f", "x\n\"y\""): Unknown error 4000
true
127.0.0.1 = 127.0.0.1 false
0.0.0.0 = 0.0.0.0 false
255.255.255.255 = 255.255.255.255 false
"1.2.3": inet_addr_of_string
"127.1": inet_addr_of_string
"01.2.3.4": inet_addr_of_string
"256.1.1.1": inet_addr_of_string
"1.2.3.4.5": inet_addr_of_string
"1..2.3": inet_addr_of_string
:: = :: true
::1 = ::1 true
1:: = 1:: true
1:2:3:4:5:6:7:8 = 1:2:3:4:5:6:7:8 true
1:2:3:4:5:6:7:: = 1:2:3:4:5:6:7:0 true
"1:2:3:4:5:6:7:8:9": inet_addr_of_string
"1:2:3:4:5:6:7": inet_addr_of_string
::ffff:1.2.3.4 = ::ffff:1.2.3.4 true
::1.2.3.4 = ::1.2.3.4 true
1:0:0:2:0:0:0:3 = 1:0:0:2::3 true
1:0:0:2:0:0:3:4 = 1::2:0:0:3:4 true
2001:DB8::A = 2001:db8::a true
"1::2::3": inet_addr_of_string
":1": inet_addr_of_string
"1:": inet_addr_of_string
":::": inet_addr_of_string
"": inet_addr_of_string
"localhost": inet_addr_of_string
1:2:3:4:5:6:1.2.3.4 = 1:2:3:4:5:6:102:304 true
"::1:2.3.4.5:6": inet_addr_of_string
"12345::": inet_addr_of_string
0:0:1:0:0:0:0:0 = 0:0:1:: true
::2:0 = ::0.2.0.0 true
"1.2.3.4:5": inet_addr_of_string
"0x7f.0.0.1": inet_addr_of_string
"4294967295": inet_addr_of_string
::ffff:0:0 = ::ffff:0.0.0.0 true
64:ff9b::1.2.3.4 = 64:ff9b::102:304 true
"::g": inet_addr_of_string
0:0:0:0:0:ffff:0:1 = ::ffff:0.0.0.1 true
1:0:1:0:1:0:1:0 = 1:0:1:0:1:0:1:0 true
"::1.2.3": inet_addr_of_string
"::1.2.3.256": inet_addr_of_string
0.0.0.0
127.0.0.1
::
::1
true false
unix
inet
inet6
"1.2.3.4" "80":
  inet 1.2.3.4:80 6 stream
  inet 1.2.3.4:80 17 datagrams
  inet 1.2.3.4:80 0 raw
"::1" "80":
  inet6 ::1:80 6 stream
"1.2.3.4" "80":
"1.2.3.4" "":
  inet 1.2.3.4:0 17 datagrams
"1.2.3.4" "80":
  inet 1.2.3.4:80 6 stream
"x.y" "80":
"" "80":
  inet 127.0.0.1:80 6 stream
"" "80":
  inet 0.0.0.0:80 6 stream
1.2.3.4 80
1.2.3.4 inet 1
localhost 127.0.0.1
waitpid: No child processes in waitpid
wait: No child processes in wait
getsockname: Socket operation on non-socket in getsockname
getpeername: Socket operation on non-socket in getpeername
recv: Socket operation on non-socket in recv
send: Socket operation on non-socket in send
accept: Socket operation on non-socket in accept
listen: Socket operation on non-socket in listen
getsockopt: Socket operation on non-socket in getsockopt
tcgetattr: Inappropriate ioctl for device in tcgetattr
tcdrain: Inappropriate ioctl for device in tcdrain
no failure
|expected} *)
