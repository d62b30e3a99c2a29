(* The library [unix] with labels. *)
(* libraries unix *)

module Unix = UnixLabels
open Unix

let () =
  let folder = Filename.concat (Filename.get_temp_dir_name ()) (Printf.sprintf "unix_labels_%d" (getpid ())) in
  mkdir folder ~perm:0o700;
  let name = Filename.concat folder "a" in
  let fd = openfile name ~mode:[ O_RDWR; O_CREAT ] ~perm:0o600 in
  let n = write fd ~buf:(Bytes.of_string "some text") ~pos:5 ~len:4 in
  ftruncate fd ~len:3;
  let buf = Bytes.make 5 '.' in
  let at = lseek fd 1 ~mode:SEEK_SET in
  let m = read fd ~buf ~pos:1 ~len:3 in
  Printf.printf "%d %d %d %S\n" n at m (Bytes.to_string buf);
  Printf.printf "%Ld %Ld\n" (LargeFile.lseek fd 0L ~mode:SEEK_END) (LargeFile.fstat fd).st_size;
  close fd;
  (match rename ~src:(name ^ "x") ~dst:name with
  | () -> ()
  | exception Unix.Unix_error (ENOENT, f, _) -> print_endline f);
  (match mkdir folder ~perm:0 with () -> () | exception Stdlib.Exit -> () | exception e -> (
    match e with Unix_error (error, f, _) -> Printf.printf "%s: %s\n" f (error_message error) | _ -> raise e));
  unlink name;
  rmdir folder

(* stdout {expected|
4 1 2 ".ex.."
3 3
rename
mkdir: File exists
|expected} *)
