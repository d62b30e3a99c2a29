(* An exception that leaves a method is not caught by the object's other methods. *)

class guard name =
  object (self)
    method private check n = if n > 2 then failwith (name ^ " refuses " ^ string_of_int n)
    method run n =
      self#check n;
      Printf.printf "%s %d\n" name n
  end

class quiet name =
  object
    inherit guard name as super
    method! run n = try super#run n with Not_found -> print_endline "not this one"
  end

let () =
  at_exit (fun () -> print_endline "bye");
  let g = new quiet "guard" in
  for i = 1 to 5 do
    g#run i
  done

(* stdout {expected|
guard 1
guard 2
bye
|expected} *)
(* stderr {expected|
Fatal error: exception Failure("guard refuses 3")
|expected} *)
(* status 2 *)
