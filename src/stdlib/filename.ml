(* File names, with the rules of POSIX. *)

let current_dir_name = "."
let parent_dir_name = ".."
let dir_sep = "/"
let null = "/dev/null"

let concat directory file =
  if directory = "" || String.ends_with ~suffix:dir_sep directory then directory ^ file
  else directory ^ dir_sep ^ file

let is_relative name = not (String.starts_with ~prefix:dir_sep name)

let is_implicit name =
  is_relative name
  && (not (String.starts_with ~prefix:"./" name))
  && not (String.starts_with ~prefix:"../" name)

(* Suffixes *)

let check_suffix name suffix = String.ends_with ~suffix name
let without_last count name = String.sub name 0 (String.length name - count)

let chop_suffix_opt ~suffix name =
  if check_suffix name suffix then Some (without_last (String.length suffix) name) else None

let chop_suffix name suffix =
  match chop_suffix_opt ~suffix name with
  | Some rest -> rest
  | None -> invalid_arg "Filename.chop_suffix"

(* Where the last component starts. *)
let component_start name =
  match String.rindex_opt name '/' with
  | Some slash -> slash + 1
  | None -> 0

(* The extension's length: from the last period of the last component, if something else than periods comes before. *)
let extension_length name =
  let start = component_start name in
  let rec only_periods i stop = i >= stop || (name.[i] = '.' && only_periods (i + 1) stop) in
  match String.rindex_opt name '.' with
  | Some period when period >= start && not (only_periods start period) -> String.length name - period
  | _ -> 0

let extension name =
  let length = extension_length name in
  String.sub name (String.length name - length) length

let remove_extension name = without_last (extension_length name) name

let chop_extension name =
  match extension_length name with
  | 0 -> invalid_arg "Filename.chop_extension"
  | length -> without_last length name

(* Components *)

(* How many of the first [stop] characters are left without the slashes at their end. *)
let rec before_slashes name stop =
  if stop > 0 && name.[stop - 1] = '/' then before_slashes name (stop - 1) else stop

let rec before_component name stop =
  if stop > 0 && name.[stop - 1] <> '/' then before_component name (stop - 1) else stop

let basename name =
  if name = "" then current_dir_name
  else
    match before_slashes name (String.length name) with
    | 0 -> dir_sep
    | stop ->
        let start = before_component name stop in
        String.sub name start (stop - start)

let dirname name =
  if name = "" then current_dir_name
  else
    match before_slashes name (String.length name) with
    | 0 -> dir_sep
    | stop -> (
        match before_component name stop with
        | 0 -> current_dir_name
        | start -> (
            match before_slashes name start with
            | 0 -> dir_sep
            | length -> String.sub name 0 length))

(* Temporary files *)

let temporary_directory = ref (Option.value (Sys.getenv_opt "TMPDIR") ~default:"/tmp")
let get_temp_dir_name () = !temporary_directory
let set_temp_dir_name name = temporary_directory := name
let random = lazy (Random.State.make_self_init ())

(* Tries names until [make] does not fail with one; whatever made it fail so many times is not that the name was taken. *)
let with_fresh_name ?(temp_dir = get_temp_dir_name ()) prefix suffix make =
  let rec attempt left =
    let number = Random.State.bits (Lazy.force random) land 0xFFFFFF in
    let name = concat temp_dir (Printf.sprintf "%s%06x%s" prefix number suffix) in
    try make name with Sys_error _ when left > 0 -> attempt (left - 1)
  in
  attempt 1000

let open_temp_file ?(mode = [ Open_text ]) ?(perms = 0o600) ?temp_dir prefix suffix =
  with_fresh_name ?temp_dir prefix suffix (fun name ->
      (name, open_out_gen (Open_wronly :: Open_creat :: Open_excl :: mode) perms name))

let temp_file ?temp_dir prefix suffix =
  let name, channel = open_temp_file ?temp_dir prefix suffix in
  close_out channel;
  name

let temp_dir ?temp_dir ?(perms = 0o700) prefix suffix =
  with_fresh_name ?temp_dir prefix suffix (fun name ->
      Sys.mkdir name perms;
      name)

(* Command lines *)

let quote name = "'" ^ String.concat "'\\''" (String.split_on_char '\'' name) ^ "'"

let quote_command command ?stdin ?stdout ?stderr arguments =
  let redirection sign = function
    | Some file -> sign ^ quote file
    | None -> ""
  in
  let errors =
    if stderr <> None && stderr = stdout then " 2>&1" else redirection " 2>" stderr
  in
  String.concat " " (List.map quote (command :: arguments))
  ^ redirection " <" stdin ^ redirection " >" stdout ^ errors
