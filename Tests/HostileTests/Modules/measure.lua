-- A definition that is not the script's.
return measure { value = function() return 7 end }
