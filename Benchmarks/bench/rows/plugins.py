"""What plugins cost: taking one in, and checking many each night."""

import shutil
import subprocess

from ..data import plugins
from ..model import Contender, Row
from ..places import DATA, HERE, PLUMB, PYTHON
from .wanted import wanted

ADD = "plumb plugin add, a small plugin from a folder"
LOCKED = "what 100 locked plugins add to a night"


def rows(size, only):
    if wanted(ADD, only):
        yield _add(size)
    if wanted(LOCKED, only):
        yield _locked(size)


def _add(size):
    hub = plugins.hub(1)
    folder = DATA / "plugins-add"

    def prepare():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(hub / "bare", folder)

    ours = Contender(
        "plumb", lambda: [PLUMB, "plugin", "add", "bench/p000", "--from", hub / "registry"], folder=folder,
        prepare=prepare)
    timed = "The whole process: index and archive read, the signature checked, sources unpacked, the lock file written."
    return Row(ADD, timed, ours, goal=0.3, runs=size.runs * 3, unit="ms")


def _locked(size):
    hub = plugins.hub(100)
    for name in ("bare", "locked"):
        subprocess.run([PLUMB, "nightly", "--as-of", "2026-01-15"], cwd=hub / name, check=True, capture_output=True)
    ours = Contender(
        "plumb", lambda: [PYTHON, HERE / "nights.py", PLUMB, hub / "bare", hub / "locked", size.runs * 6],
        part=lambda made: made["locked"] - made["bare"])
    timed = (
        "A night in which nothing changed, in a workspace with 100 signed plugins of seven files less that in one without: "
        "sources hashed and packed anew, 100 Ed25519 signatures checked. Medians of nights in turn."
    )

    def tell(made):
        return f"{made['bare'] * 1e3:.1f} ms without, {made['locked'] * 1e3:.1f} ms with them."

    return Row(LOCKED, timed, ours, goal=0.05, runs=3, unit="ms", watch_memory=False, tell=tell)
