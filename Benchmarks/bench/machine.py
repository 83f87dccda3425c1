"""What the figures were measured on and with."""

import datetime
import importlib.metadata
import os
import platform
import shutil
import subprocess

from .places import HERE, ROOT


def lines():
    commit = _first(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"])
    changed = _first(["git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no"])
    return [
        f"Date: {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC",
        f"Plumbline: commit {commit}{' with changes' if changed else ''}, release build, {_first(['swift', '--version'])}",
        f"Machine: {_processor()}, {os.cpu_count()} processors, {_memory()} GiB of memory, "
        f"{platform.system()} {platform.release().split('-')[0]}",
        "Peers: " + ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _peers())
        + f", Python {platform.python_version()}, {_first(['lua5.4', '-v'])}",
        f"Other work on the machine when the run began: a load of {os.getloadavg()[0]:.1f}",
    ]


def _peers():
    return [line.split("==")[0] for line in (HERE / "requirements.txt").read_text().split()]


def _first(command):
    if not shutil.which(command[0]):
        return f"no {command[0]}"
    finished = subprocess.run(command, capture_output=True, text=True)
    return next(iter((finished.stdout or finished.stderr).strip().splitlines()), "").split("  Copyright")[0]


def _processor():
    with open("/proc/cpuinfo") as file:
        return next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")


def _memory():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
