"""Where things are."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent
BUILT = ROOT / ".build/release"
PLUMB = BUILT / "plumb"
MICRO = BUILT / "plumb-bench"
PYTHON = pathlib.Path(sys.executable)
PEERS = HERE / "peers"
MEASURES = HERE / "measures"
# Generated; kept between runs, since a name says how its contents were made.
DATA = HERE / ".data"
RESULTS = HERE / "RESULTS.md"
