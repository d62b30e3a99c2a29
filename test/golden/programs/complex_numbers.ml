(* Complex: arithmetic, polar form, roots of unity, a Fourier transform, and a Mandelbrot set. *)
open Complex

let ( +: ) = add
let ( -: ) = sub
let ( *: ) = mul
let show z = Printf.sprintf "%.3f%+.3fi" (z.re +. 0.) (z.im +. 0.)
let real re = { re; im = 0. }

(* Rounds away differences in the last digits, and the sign of zero. *)
let near z = let r x = Float.round (x *. 1e6) /. 1e6 +. 0. in { re = r z.re; im = r z.im }

let rec fft = function
  | [||] | [| _ |] as a -> a
  | a ->
    let n = Array.length a in
    let half k = fft (Array.init (n / 2) (fun i -> a.((2 * i) + k))) in
    let even = half 0 and odd = half 1 in
    Array.init n (fun k ->
        let twiddle = polar 1. (-2. *. Float.pi *. float_of_int k /. float_of_int n) in
        let j = k mod (n / 2) in
        even.(j) +: (twiddle *: odd.(j)))

let escape c =
  let rec go z n = if n = 30 || norm2 z > 4. then n else go ((z *: z) +: c) (n + 1) in
  go zero 0

let () =
  let a = { re = 3.; im = -4. } and b = { re = 1.; im = 2. } in
  print_endline (String.concat " " (List.map show [ a +: b; a -: b; a *: b; div a b; neg a; conj a; inv b ]));
  Printf.printf "%g %g %.4f\n" (norm a) (norm2 a) (arg a);
  print_endline (String.concat " " (List.map (fun z -> show (near z)) [ sqrt a; sqrt (real (-4.)); exp { re = 0.; im = Float.pi }; log i; pow i (real 2.) ]));
  let roots = List.init 6 (fun k -> near (polar 1. (2. *. Float.pi *. float_of_int k /. 6.))) in
  print_endline (String.concat " " (List.map show roots));
  print_endline (show (near (List.fold_left ( +: ) zero roots)));
  let signal = Array.map real [| 1.; 1.; 1.; 1.; 0.; 0.; 0.; 0. |] in
  print_endline (String.concat " " (Array.to_list (Array.map (fun z -> show (near z)) (fft signal))));
  for y = -6 to 6 do
    for x = -16 to 6 do
      let n = escape { re = float_of_int x /. 8.; im = float_of_int y /. 5. } in
      print_char (if n = 30 then '#' else if n > 5 then '+' else if n > 2 then '.' else ' ')
    done;
    print_newline ()
  done

(* stdout {expected|
4.000-2.000i 2.000-6.000i 11.000+2.000i -1.000-2.000i -3.000+4.000i 3.000+4.000i 0.200-0.400i
5 25 -0.9273
2.000-1.000i 0.000+2.000i -1.000+0.000i 0.000+1.571i -1.000+0.000i
1.000+0.000i 0.500+0.866i -0.500+0.866i -1.000+0.000i -0.500-0.866i 0.500-0.866i
0.000+0.000i
4.000+0.000i 1.000-2.414i 0.000+0.000i 1.000-0.414i 0.000+0.000i 1.000+0.414i 0.000+0.000i 1.000+2.414i
       ...........     
     .........++#...   
   ..........++#++.... 
  ........++######++...
 .....+++++########+...
 ....++###+#########...
###################+...
 ....++###+#########...
 .....+++++########+...
  ........++######++...
   ..........++#++.... 
     .........++#...   
       ...........     
|expected} *)
