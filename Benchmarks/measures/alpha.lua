-- Cronbach's alpha of eight items.
return measure {
  id = "bench.alpha", version = "1.0.0", title = "Alpha", domain = "quality", type = "quality", unit = "alpha", from = "data",
  value = function(g, p) return g:alpha({ "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8" }) end,
}
