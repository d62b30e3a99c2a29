external f : int -> int = "%addint"
