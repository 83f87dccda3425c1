-- kind: definitions
-- expect: ok
-- why: Parameters whose names are equal to readers.
-- whole: file
return measure { params = { ["\u{e9}"] = { default = 1 }, ["e\u{301}"] = { default = 2 }, ["\xff"] = { default = 1 }, ["\xfe"] = { default = 3 } },
  value = function(g) return g.x:mean() end }
