-- Calls what it is given.
return function(f, ...) return f(...) end
