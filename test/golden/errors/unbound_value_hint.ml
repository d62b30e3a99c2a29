let length = 3
let f () = lenght + 1
