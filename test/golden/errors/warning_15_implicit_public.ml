(* options -w -a+15 *)
class a = object (self) method private m = 1 method n = self#m end
class b = object (self : < m : int; .. >) method private m = 1 end
class c = object (self : < m : int; p : int; .. >) method private m = 1 method private p = 2 end
class d = object (self) method private m = 1 method n = (self :> < m : int >) end
class e = object (self : 'a) constraint 'a = < k : int; .. > method private k = 2 end
