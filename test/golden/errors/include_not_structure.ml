module M = List.map
