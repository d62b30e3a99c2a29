let () =
  print_endline "main";
  List.iter
    (fun s ->
      match Rpn.eval s with
      | n -> Printf.printf "%s = %d\n" s n
      | exception Stack_type.Underflow where -> Printf.printf "%s: underflow in %s\n" s where
      | exception e -> Printf.printf "%s: %s\n" s (Printexc.to_string e))
    [ "1 2 +"; "3 4 + 5 *"; "1 +"; "x"; "4 0 /"; "10 2 3 * -" ];
  Printf.printf "%d\n" (Stack_type.size (Stack_type.push 'a' Stack_type.empty))

(* stdout {expected|
stack_type initialised
rpn initialised
main
1 2 + = 3
3 4 + 5 * = 35
1 +: underflow in pop
x: Failure("int_of_string")
4 0 /: Division_by_zero
10 2 3 * - = 4
1
|expected} *)
