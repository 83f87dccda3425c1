"""By how much hostile scripts go over their CPU limit: runs their suite on workers as they are shipped, prints one object."""

import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINE = re.compile(r"(\d+) stops by CPU time, over the limit by ([\d.]+) ms in the middle, ([\d.]+) ms at the 99th .*?([\d.]+) ms at most")


def main():
    finished = subprocess.run(
        ["swift", "test", "--skip-build", "--disable-xctest", "--filter", "hostileScriptsHarmNobodyElse"],
        cwd=ROOT, env=os.environ | {"PLUMBLINE_WORKER": str(ROOT / ".build/release/plumb-worker")},
        capture_output=True, text=True)
    found = LINE.search(finished.stdout)
    if finished.returncode != 0 or not found:
        sys.exit(finished.stdout[-2000:] + finished.stderr[-2000:])
    stops, middle, late, most = found.groups()
    print(json.dumps({"stops": int(stops), "p50": float(middle) / 1e3, "p99": float(late) / 1e3, "most": float(most) / 1e3}))


main()
