let Foo x = 3 in x
