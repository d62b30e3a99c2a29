let f r = r.foo
