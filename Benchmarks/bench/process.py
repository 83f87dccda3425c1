"""Runs one process: how long it took, what it printed, and how much anonymous memory it held at the most."""

import dataclasses
import pathlib
import subprocess
import threading
import time


@dataclasses.dataclass
class Finished:
    seconds: float
    output: str
    peak_anonymous: int


class Failed(Exception):
    pass


def run(command, folder=None, watch_memory=False):
    """Runs a command to its end; anything but success is an error that carries its words."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    watch = MemoryWatch(process.pid) if watch_memory else None
    output, errors = process.communicate()
    seconds = time.perf_counter() - start
    peak = watch.stop() if watch else 0
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{(errors or output)[-2000:]}")
    return Finished(seconds, output, peak)


class MemoryWatch:
    """Samples RssAnon of a process and all its descendants every few milliseconds and keeps the largest sum.

    Pages of mapped files are not counted: the kernel may take them back at any time.
    """

    def __init__(self, pid, every=0.004):
        self.pid, self.every, self.peak = pid, every, 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._sample, daemon=True)
        self.thread.start()

    def stop(self):
        self.done.set()
        self.thread.join()
        return self.peak

    def _sample(self):
        while not self.done.wait(self.every):
            self.peak = max(self.peak, sum(_anonymous(pid) for pid in _family(self.pid)))


def _family(pid):
    family = [pid]
    for member in family:
        try:
            for children in pathlib.Path(f"/proc/{member}/task").glob("*/children"):
                family += map(int, children.read_text().split())
        except OSError:
            pass
    return family


def _anonymous(pid):
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
