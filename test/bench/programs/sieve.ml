(* The sieve of Eratosthenes over a byte sequence, several times. *)
let sieve n =
  let composite = Bytes.make (n + 1) '\000' in
  let count = ref 0 in
  for p = 2 to n do
    if Bytes.get composite p = '\000' then begin
      incr count;
      let q = ref (p * p) in
      while !q <= n do
        Bytes.set composite !q '\001';
        q := !q + p
      done
    end
  done;
  !count

let () =
  let total = ref 0 in
  for i = 1 to 8 do
    total := !total + sieve (5_000_000 + i)
  done;
  Printf.printf "%d\n" !total
