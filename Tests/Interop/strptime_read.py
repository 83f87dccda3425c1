"""Times by patterns, one of each a line with a tab between, as Python's strptime reads them: ISO 8601, or an empty line."""

import sys
from datetime import datetime

for line in sys.stdin.buffer.read().decode().split("\n")[:-1]:
    pattern, cell = line.split("\t")
    try:
        print(datetime.strptime(cell, pattern).isoformat())
    except ValueError:
        print()
