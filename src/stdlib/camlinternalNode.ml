module Host = CamlinternalHost
module Green = CamlinternalThread

let request name arguments =
  match Host.call ("erlang." ^ name) arguments with
  | Answer answer -> answer
  | Refused { error = "EINVAL"; _ } -> invalid_arg ("Erlang: " ^ name)
  | Refused { error = "EAGAIN"; _ } -> failwith "Erlang: no more processes can be made"
  | Refused _ -> failwith "Erlang: this program does not run in a camlnode"

let me () =
  Green.become_process ();
  Host.Int (Green.self ())
let text = function Host.Text bytes -> bytes | _ -> failwith "Erlang: an answer of another kind"
let number = function Host.Int n -> n | _ -> failwith "Erlang: an answer of another kind"
let texts = function Host.List items -> List.map text items | _ -> failwith "Erlang: an answer of another kind"

let ask_bytes name arguments =
  let id = number (request name (me () :: arguments)) in
  let rec wait () =
    match request "answer" [ Host.Int id ] with
    | Text bytes -> bytes
    | _ ->
        Green.block ();
        wait ()
  in
  wait ()

let ask name arguments = CamlinternalTerm.decode (ask_bytes name arguments)

let rec deliver place bytes =
  if number (request "send" [ me (); place; Host.Text bytes ]) <> 0 then begin
    Green.await ();
    deliver place bytes
  end

let longest = 0x7fff_ffff

let milliseconds seconds =
  if seconds >= float_of_int longest /. 1000. then longest else max 0 (int_of_float (Float.ceil (seconds *. 1000.)))
