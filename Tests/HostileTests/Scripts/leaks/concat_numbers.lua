-- kind: leaks
-- expect: ok
-- why: Numbers print alike everywhere.
assert(1e15 .. "" == "1e+15" and 2^53 .. "" == "9.007199254741e+15" and 0.1 .. "" == "0.1" and -0.0 .. "" == "-0.0")
