-- kind: results
-- expect: invalid_result
-- why: Two names that read the same, written with other code points.
-- whole: file
return measure { value = function() return { ["\u{e9}"] = 1, ["e\u{301}"] = 2 } end }
