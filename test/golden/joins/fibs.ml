(* Fibonacci numbers by processes for both recursive calls. *)

let check name holds = if not holds then print_endline ("wrong: " ^ name)

module Classic = struct
  let def fib! n =
    if n < 2 then reply n to fib
    else {
      let def left x | right y | sum! () = reply x + y to sum in
      spawn { left (fib (n - 1)) | right (fib (n - 2)) };
      reply sum () to fib }

  (* By messages alone, with the channel for the result. *)
  let def fib_to (n, result) =
    if n < 2 then result n
    else {
      let def left x | right y = result (x + y) in
      fib_to (n - 1, left) | fib_to (n - 2, right) }
end

module Later = struct
  def fib(n) =
    if n < 2 then reply n to fib
    else begin
      def left(x) & right(y) & sum() = reply x + y to sum in
      spawn left(fib (n - 1)) & right(fib (n - 2));
      reply sum () to fib
    end

  def fib_to(n, result) =
    if n < 2 then result(n)
    else begin
      def left(x) & right(y) = result(x + y) in
      fib_to(n - 1, left) & fib_to(n - 2, right)
    end
end

let value fib_to n =
  def result(x) & wait() = reply x to wait in
  spawn fib_to(n, result);
  wait ()

let () =
  check "classic" (Classic.fib 12 = 144);
  check "classic, by messages" (value Classic.fib_to 13 = 233);
  check "later" (Later.fib 12 = 144);
  check "later, by messages" (value Later.fib_to 13 = 233);
  print_endline "done"

(* stdout {expected|
done
|expected} *)
