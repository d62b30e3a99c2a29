type color = Green | Red
let x = Gren
