-- kind: escape
-- expect: ok
-- why: A library table as a list.
table.sort(math)
