let f = function Foo -> 1
