(* options -w -a+7 *)
class a = object method m = 1 method n = 2 end
class b = object inherit a method m = 3 end
class c = object inherit a method! m = 3 end
class d = object inherit a inherit b end
class e = object inherit a inherit! b end
class virtual g = object method virtual m : int end
class h = object inherit g method m = 1 end
let o = object inherit a method n = 5 end
