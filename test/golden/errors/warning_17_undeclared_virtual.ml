(* options -w -a+17 *)
class virtual a = object (self) method m : int = self#n end
class virtual b = object (self) method virtual n : int method m = self#n end
class virtual c = object (self) method m : int = self#n + self#k 1 method l : int = self#n end
class virtual d x = object (self : 'self) method m : int = x + self#q method private p = self#r true; () end
