-- kind: loops
-- expect: cpu_limit
-- why: A jump backwards is a loop, too.
::again:: goto again
