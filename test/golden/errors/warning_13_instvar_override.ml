(* options -w -a+13 *)
class a = object val x = 1 val y = 2 end
class b = object inherit a val x = 3 end
class c = object inherit a val! x = 3 end
class d = object inherit a inherit b end
class f = object inherit a inherit! b end
