-- kind: definitions
-- expect: lua_error
-- why: There is no function.
-- whole: file
return measure {}
