(* A stack machine whose instructions are objects, made by a parser that is an object too. *)

exception Error of string

let error fmt = Printf.ksprintf (fun s -> raise (Error s)) fmt

class machine =
  object (self)
    val mutable stack : int list = []
    val mutable output : string list = []
    val words : (string, instruction) Hashtbl.t = Hashtbl.create 16
    val mutable steps = 0
    method push n = stack <- n :: stack
    method pop =
      match stack with
      | [] -> error "stack underflow"
      | n :: rest ->
          stack <- rest;
          n
    method depth = List.length stack
    method print s = output <- s :: output
    method output = String.concat " " (List.rev output)
    method define name i = Hashtbl.replace words name i
    method lookup name = match Hashtbl.find_opt words name with Some i -> i | None -> error "unknown word %s" name
    method step =
      steps <- steps + 1;
      if steps > 10_000 then error "too many steps"
    method execute (i : instruction) =
      self#step;
      i#run (self :> machine)
    method run program = List.iter self#execute program
  end

and virtual instruction =
  object
    method virtual run : machine -> unit
    method virtual show : string
  end

class push n =
  object
    inherit instruction
    method run m = m#push n
    method show = string_of_int n
  end

class primitive name run =
  object
    inherit instruction
    method run m : unit = run m
    method show : string = name
  end

class binary name f =
  object
    inherit
      primitive name
        (fun m ->
          let b = m#pop in
          let a = m#pop in
          m#push (f a b))
  end

class call name =
  object
    inherit instruction
    method run m = m#execute (m#lookup name)
    method show = name
  end

class block (body : instruction list) =
  object (self)
    inherit instruction
    method run m = m#run body
    method show = "{ " ^ self#inner ^ " }"
    method private inner = String.concat " " (List.map (fun i -> i#show) body)
  end

class repeat count body =
  object
    inherit block body as super
    method! run m =
      for _ = 1 to count do
        super#run m
      done
    method! show = Printf.sprintf "%d*%s" count super#show
  end

class conditional body =
  object
    inherit block body as super
    method! run m = if m#pop <> 0 then super#run m
    method! show = "if" ^ super#show
  end

class parser (text : string) =
  object (self)
    val mutable tokens = List.filter (( <> ) "") (String.split_on_char ' ' text)
    method private next =
      match tokens with
      | [] -> None
      | t :: rest ->
          tokens <- rest;
          Some t
    method program : instruction list = self#until None
    method private until stop =
      match self#next with
      | t when t = stop -> []
      | None -> error "missing %s" (Option.value stop ~default:"end")
      | Some t ->
          let i = self#instruction t in
          i :: self#until stop
    method private instruction t : instruction =
      match int_of_string_opt t with
      | Some n -> new push n
      | None -> (
          match t with
          | "+" -> new binary t ( + )
          | "-" -> new binary t ( - )
          | "*" -> new binary t ( * )
          | "<" -> new binary t (fun a b -> Bool.to_int (a < b))
          | "." -> new primitive t (fun m -> m#print (string_of_int m#pop))
          | "dup" ->
              new primitive t (fun m ->
                  let n = m#pop in
                  m#push n;
                  m#push n)
          | "{" -> (new block (self#until (Some "}")) :> instruction)
          | "if{" -> (new conditional (self#until (Some "}")) :> instruction)
          | "5{" -> (new repeat 5 (self#until (Some "}")) :> instruction)
          | _ -> new call t)
  end

let run ?(definitions = []) text =
  let m = new machine in
  match
    List.iter
      (fun (name, body) ->
        let code = (new parser body)#program in
        m#define name (new block code :> instruction))
      definitions;
    let program = (new parser text)#program in
    print_string (String.concat " " (List.map (fun i -> i#show) program) ^ "  =>  ");
    m#run program
  with
  | () -> Printf.printf "%s (%d left)\n" m#output m#depth
  | exception Error e -> Printf.printf "%s error: %s\n" m#output e

let () =
  run "1 2 + dup * .";
  run "1 5{ 2 * dup . }";
  run ~definitions:[ ("square", "dup *"); ("fourth", "square square") ] "3 fourth . 2 square .";
  run ~definitions:[ ("down", "dup . 1 - dup 0 < 1 - if{ 0 }  dup if{ down }") ] "3 down";
  run ~definitions:[ ("loop", "loop") ] "loop";
  run "1 +";
  run "{ 1 { 2 3 } . } nope"

(* stdout {expected|
1 2 + dup * .  =>  9 (0 left)
1 5*{ 2 * dup . }  =>  2 4 8 16 32 (1 left)
3 fourth . 2 square .  =>  81 4 (0 left)
3 down  =>  3 (2 left)
loop  =>   error: too many steps
1 +  =>   error: stack underflow
{ 1 { 2 3 } . } nope  =>  3 error: unknown word nope
|expected} *)
