(* Files, descriptors and directories through the library [unix]. *)
(* libraries unix *)

open Unix

let folder = Filename.concat (Filename.get_temp_dir_name ()) (Printf.sprintf "unix_files_%d" (getpid ()))
let within name = Filename.concat folder name

(* Messages without the folder, whose name differs from run to run. *)
let shorten name =
  let n = String.length folder in
  if String.length name >= n && String.sub name 0 n = folder then "FOLDER" ^ String.sub name n (String.length name - n)
  else name

let attempt what f =
  match f () with
  | () -> Printf.printf "%s: done\n" what
  | exception Unix_error (e, f, about) ->
      Printf.printf "%s: %s in %s of %S\n" what (error_message e) f (shorten about)
  | exception e -> Printf.printf "%s: %s\n" what (Printexc.to_string e)

let kind = function
  | S_REG -> "file" | S_DIR -> "directory" | S_CHR -> "character device" | S_BLK -> "block device"
  | S_LNK -> "link" | S_FIFO -> "pipe" | S_SOCK -> "socket"

let show name s = Printf.printf "%s: %s, %o, size %d, links %d\n" name (kind s.st_kind) s.st_perm s.st_size s.st_nlink

let contents name =
  let fd = openfile (within name) [ O_RDONLY ] 0 in
  let buffer = Bytes.create 100 in
  let n = read fd buffer 0 100 in
  close fd;
  Bytes.sub_string buffer 0 n

let writing () =
  let fd = openfile (within "a") [ O_RDWR; O_CREAT; O_EXCL ] 0o640 in
  Printf.printf "%d\n" (write_substring fd "hello, world" 0 12);
  Printf.printf "%d\n" (lseek fd 0 SEEK_CUR);
  Printf.printf "%d\n" (lseek fd (-5) SEEK_END);
  Printf.printf "%d\n" (single_write fd (Bytes.of_string "xxWORLD") 2 5);
  Printf.printf "%d\n" (lseek fd 3 SEEK_SET);
  let buffer = Bytes.make 8 '.' in
  Printf.printf "%d %S\n" (read fd buffer 1 4) (Bytes.to_string buffer);
  Printf.printf "%Ld\n" (LargeFile.lseek fd 0L SEEK_CUR);
  ftruncate fd 9;
  show "a" (fstat fd);
  Printf.printf "%d at the end\n" (lseek fd 0 SEEK_END);
  Printf.printf "%d\n" (read fd buffer 0 8);
  Printf.printf "%d\n" (lseek fd 3 SEEK_END);
  ignore (write_substring fd "!" 0 1);
  close fd;
  Printf.printf "%S\n" (contents "a");
  let fd = openfile (within "a") [ O_WRONLY; O_APPEND ] 0 in
  ignore (write_substring fd "+" 0 1);
  ignore (write_substring fd "" 0 0);
  close fd;
  Printf.printf "%S\n" (contents "a");
  truncate (within "a") 4;
  LargeFile.truncate (within "a") 3L;
  Printf.printf "%S %Ld\n" (contents "a") (LargeFile.stat (within "a")).LargeFile.st_size;
  close (openfile (within "a") [ O_WRONLY; O_TRUNC ] 0);
  Printf.printf "%S\n" (contents "a")

let failures () =
  let b = Bytes.create 4 in
  attempt "open a missing file" (fun () -> ignore (openfile (within "missing") [ O_RDONLY ] 0));
  attempt "open exclusively" (fun () -> ignore (openfile (within "a") [ O_CREAT; O_EXCL; O_WRONLY ] 0o600));
  attempt "open below a file" (fun () -> ignore (openfile (within "a/b") [ O_RDONLY ] 0));
  attempt "write to a folder" (fun () -> ignore (openfile folder [ O_WRONLY ] 0));
  let fd = openfile (within "a") [ O_RDONLY ] 0 in
  attempt "write to what is read" (fun () -> ignore (write fd b 0 4));
  attempt "a range" (fun () -> ignore (read fd b 2 3));
  attempt "a range" (fun () -> ignore (write fd b (-1) 3));
  attempt "a range" (fun () -> ignore (single_write fd b 5 0));
  attempt "seek before the start" (fun () -> ignore (lseek fd (-1) SEEK_SET));
  attempt "truncate what is read" (fun () -> ftruncate fd 3);
  close fd;
  attempt "close again" (fun () -> close fd);
  attempt "read what is closed" (fun () -> ignore (read fd b 0 4));
  attempt "fstat what is closed" (fun () -> ignore (fstat fd));
  attempt "dup what is closed" (fun () -> ignore (dup fd));
  attempt "stat" (fun () -> ignore (stat (within "missing")));
  attempt "lstat" (fun () -> ignore (lstat (within "missing")));
  attempt "truncate" (fun () -> truncate (within "missing") 0);
  attempt "unlink" (fun () -> unlink (within "missing"));
  attempt "rename" (fun () -> rename (within "missing") (within "b"));
  attempt "link" (fun () -> link (within "missing") (within "b"));
  attempt "symlink" (fun () -> symlink "x" (within "a"));
  attempt "readlink" (fun () -> ignore (readlink (within "a")));
  attempt "realpath" (fun () -> ignore (realpath (within "missing")));
  attempt "chmod" (fun () -> chmod (within "missing") 0o600);
  attempt "utimes" (fun () -> utimes (within "missing") 1. 2.);
  attempt "access" (fun () -> access (within "missing") [ F_OK ]);
  attempt "mkdir" (fun () -> mkdir (within "a") 0o700);
  attempt "rmdir" (fun () -> rmdir (within "a"));
  attempt "rmdir" (fun () -> rmdir folder);
  attempt "chdir" (fun () -> chdir (within "missing"));
  attempt "chdir" (fun () -> chdir (within "a"));
  attempt "opendir" (fun () -> ignore (opendir (within "a")));
  attempt "opendir" (fun () -> ignore (opendir (within "missing")));
  attempt "a name with a zero byte" (fun () -> ignore (openfile "a\000b" [ O_RDONLY ] 0));
  attempt "a name with a zero byte" (fun () -> ignore (stat "a\000b"));
  attempt "an empty name" (fun () -> ignore (stat ""));
  attempt "an empty name" (fun () -> chdir "")

let links () =
  let oc = open_out (within "target") in
  output_string oc "linked";
  close_out oc;
  symlink "target" (within "soft");
  link (within "target") (within "hard");
  Printf.printf "%s %S %S\n" (readlink (within "soft")) (contents "soft") (contents "hard");
  Printf.printf "%s %s\n" (kind (stat (within "soft")).st_kind) (kind (lstat (within "soft")).st_kind);
  Printf.printf "%d\n" (stat (within "hard")).st_nlink;
  Printf.printf "%b\n" ((stat (within "hard")).st_ino = (stat (within "target")).st_ino);
  Printf.printf "%b\n" (realpath (within "./soft") = realpath (within "target"));
  rename (within "hard") (within "moved");
  unlink (within "soft");
  unlink (within "moved");
  Printf.printf "%d\n" (stat (within "target")).st_nlink;
  chmod (within "target") 0o444;
  show "target" (stat (within "target"));
  access (within "target") [ R_OK; F_OK ];
  let fd = openfile (within "target") [ O_RDONLY ] 0 in
  fchmod fd 0o600;
  close fd;
  utimes (within "target") 1000.5 2000.25;
  let s = stat (within "target") in
  Printf.printf "%o %g %g\n" s.st_perm s.st_atime s.st_mtime;
  unlink (within "target")

let directories () =
  mkdir (within "d") 0o750;
  show "d" { (stat (within "d")) with st_size = 0; st_nlink = 0 };
  List.iter (fun name -> close (openfile (within ("d/" ^ name)) [ O_CREAT; O_WRONLY ] 0o600)) [ "x"; "y"; "z" ];
  let names handle =
    let rec go names = match readdir handle with name -> go (name :: names) | exception End_of_file -> names in
    String.concat " " (List.sort compare (go []))
  in
  let handle = opendir (within "d") in
  print_endline (names handle);
  rewinddir handle;
  print_endline (names handle);
  closedir handle;
  attempt "readdir" (fun () -> ignore (readdir handle));
  attempt "closedir" (fun () -> closedir handle);
  let before = getcwd () in
  chdir (within "d");
  Printf.printf "%b %b\n" (getcwd () = realpath (within "d")) (Sys.getcwd () = getcwd ());
  Printf.printf "%b %b\n" (Sys.file_exists "x") ((stat "x").st_kind = S_REG);
  unlink "x";
  chdir "..";
  unlink "d/y";
  unlink (within "d/z");
  rmdir "d";
  chdir before

let duplicates () =
  let fd = openfile (within "b") [ O_RDWR; O_CREAT; O_TRUNC ] 0o600 in
  let other = dup fd in
  ignore (write_substring fd "abc" 0 3);
  ignore (write_substring other "def" 0 3);
  close fd;
  Printf.printf "%d %S\n" (lseek other 0 SEEK_CUR) (contents "b");
  flush Stdlib.stdout;
  let saved = dup stdout in
  dup2 other stdout;
  print_string "to the file";
  flush Stdlib.stdout;
  dup2 saved stdout;
  close saved;
  close other;
  Printf.printf "%S\n" (contents "b")

let channels () =
  let fd = openfile (within "c") [ O_RDWR; O_CREAT; O_TRUNC ] 0o600 in
  let oc = out_channel_of_descr fd in
  output_string oc "one\ntwo\nthree\n";
  Printf.printf "%b %d\n" (descr_of_out_channel oc = fd) (pos_out oc);
  flush oc;
  ignore (lseek fd 4 SEEK_SET);
  let ic = in_channel_of_descr fd in
  Printf.printf "%d %s\n" (pos_in ic) (input_line ic);
  Printf.printf "%d %d\n" (pos_in ic) (in_channel_length ic);
  seek_in ic 8;
  Printf.printf "%s\n" (input_line ic);
  close_in ic;
  attempt "close twice" (fun () -> close fd);
  attempt "a closed channel" (fun () -> ignore (descr_of_in_channel ic));
  attempt "a closed descriptor" (fun () -> ignore (in_channel_of_descr fd));
  let fd = openfile folder [ O_RDONLY ] 0 in
  attempt "a folder" (fun () -> ignore (in_channel_of_descr fd));
  attempt "read a folder" (fun () -> ignore (read fd (Bytes.create 1) 0 1));
  close fd

let masks () =
  let old = umask 0o077 in
  close (openfile (within "m") [ O_CREAT; O_WRONLY ] 0o666);
  mkdir (within "n") 0o777;
  let oc = open_out (within "o") in
  close_out oc;
  Printf.printf "%o %o %o\n" (stat (within "m")).st_perm (stat (within "n")).st_perm (stat (within "o")).st_perm;
  Printf.printf "%o\n" (umask old);
  rmdir (within "n");
  List.iter (fun name -> unlink (within name)) [ "m"; "o" ]

let () =
  mkdir folder 0o700;
  writing ();
  failures ();
  links ();
  directories ();
  duplicates ();
  channels ();
  masks ();
  List.iter (fun name -> unlink (within name)) [ "a"; "b"; "c" ];
  rmdir folder;
  Printf.printf "%b\n" (Sys.file_exists folder)

(* stdout {expected|
12
12
7
5
3
4 "........"
7
a: file, 640, size 9, links 1
9 at the end
0
12
"hello, WO\000\000\000!"
"hello, WO\000\000\000!+"
"hel" 3
""
open a missing file: No such file or directory in open of "FOLDER/missing"
open exclusively: File exists in open of "FOLDER/a"
open below a file: Not a directory in open of "FOLDER/a/b"
write to a folder: Is a directory in open of "FOLDER"
write to what is read: Bad file descriptor in write of ""
a range: Invalid_argument("Unix.read")
a range: Invalid_argument("Unix.write")
a range: Invalid_argument("Unix.single_write")
seek before the start: Invalid argument in lseek of ""
truncate what is read: Invalid argument in ftruncate of ""
close again: Bad file descriptor in close of ""
read what is closed: Bad file descriptor in read of ""
fstat what is closed: Bad file descriptor in fstat of ""
dup what is closed: Bad file descriptor in dup of ""
stat: No such file or directory in stat of "FOLDER/missing"
lstat: No such file or directory in lstat of "FOLDER/missing"
truncate: No such file or directory in truncate of "FOLDER/missing"
unlink: No such file or directory in unlink of "FOLDER/missing"
rename: No such file or directory in rename of "FOLDER/missing"
link: No such file or directory in link of "FOLDER/b"
symlink: File exists in symlink of "FOLDER/a"
readlink: Invalid argument in readlink of "FOLDER/a"
realpath: No such file or directory in realpath of "FOLDER/missing"
chmod: No such file or directory in chmod of "FOLDER/missing"
utimes: No such file or directory in utimes of "FOLDER/missing"
access: No such file or directory in access of "FOLDER/missing"
mkdir: File exists in mkdir of "FOLDER/a"
rmdir: Not a directory in rmdir of "FOLDER/a"
rmdir: Directory not empty in rmdir of "FOLDER"
chdir: No such file or directory in chdir of "FOLDER/missing"
chdir: Not a directory in chdir of "FOLDER/a"
opendir: Not a directory in opendir of "FOLDER/a"
opendir: No such file or directory in opendir of "FOLDER/missing"
a name with a zero byte: No such file or directory in open of "a\000b"
a name with a zero byte: No such file or directory in stat of "a\000b"
an empty name: No such file or directory in stat of ""
an empty name: No such file or directory in chdir of ""
target "linked" "linked"
file link
2
true
true
1
target: file, 444, size 6, links 1
600 1000.5 2000.25
d: directory, 750, size 0, links 0
. .. x y z
. .. x y z
readdir: Bad file descriptor in readdir of ""
closedir: Bad file descriptor in closedir of ""
true true
true true
6 "abcdef"
"abcdefto the file"
true 14
8 two
8 14
three
close twice: Bad file descriptor in close of ""
a closed channel: Sys_error("Bad file descriptor")
a closed descriptor: Bad file descriptor in in_channel_of_descr of ""
a folder: Invalid argument in in_channel_of_descr of ""
read a folder: Is a directory in read of ""
600 700 600
77
false
|expected} *)
