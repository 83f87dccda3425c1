"""Where the time of a missed row goes: the functions at the top of a sampling profile, or of an instruction count."""

import re
import shutil
import subprocess
import tempfile

LINES = 12


def profile(contender):
    contender.prepare()
    command = [str(word) for word in contender.command()]
    with tempfile.TemporaryDirectory() as folder:
        if shutil.which("perf"):
            lines = _with_perf(command, contender.folder, folder)
            if lines:
                return "perf, share of samples:\n" + "\n".join(lines)
        if shutil.which("valgrind"):
            return "callgrind, share of instructions:\n" + "\n".join(_with_callgrind(command, contender.folder, folder))
    return "no profile: neither perf (Debian: linux-perf) nor valgrind is installed here"


def _with_perf(command, where, folder):
    record = ["perf", "record", "-q", "-F", "499", "-o", f"{folder}/perf.data", "--"] + command
    if subprocess.run(record, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        return []
    report = ["perf", "report", "-i", f"{folder}/perf.data", "--stdio", "--sort", "comm,symbol", "-g", "none"]
    listed = subprocess.run(report, capture_output=True, text=True).stdout
    lines = [line.strip() for line in listed.splitlines() if line.strip() and not line.startswith("#")]
    return [_readable(line) for line in lines[:LINES]]


def _with_callgrind(command, where, folder):
    subprocess.run(
        ["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={folder}/out.%p"] + command,
        cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    files = subprocess.run(f"ls -S {folder}/out.*", shell=True, capture_output=True, text=True).stdout.split()
    listed = subprocess.run(["callgrind_annotate", *files[:1]], capture_output=True, text=True).stdout
    return [_readable(line.strip()) for line in listed.splitlines() if re.match(r"\s*[\d,]+ \(\s*[\d.]+%\)", line)][
        :LINES
    ]


def _readable(line):
    """Mangled Swift names as people read them, cut to a line."""
    mangled = re.search(r"\$s\w+", line)
    if mangled and shutil.which("swift-demangle"):
        shown = subprocess.run(
            ["swift-demangle", "--compact", "--simplified", mangled.group(0)], capture_output=True, text=True
        ).stdout.strip()
        line = line.replace(mangled.group(0), shown or mangled.group(0))
    return " ".join(line.replace("-      -", "").split())[:140]
