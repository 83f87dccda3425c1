"""A registry of small plugins, a workspace without them and one that has them all, made by the program itself."""

import shutil
import subprocess

from ..places import DATA, PLUMB

MANIFEST = """name: bench/{word}
version: 1.0.0
plumb: ">=0.1.0"
license: Apache-2.0
authors: ["Benchmarks"]
changelog: {{ 1.0.0: "The first." }}
"""
SURVEY = "network,respondent,role,submitted,minutes\n" + "".join(
    f"main,p{person},teacher,2025-10-01,{person}\n" for person in range(20))


def hub(count):
    """The folder with `registry`, `bare` and `locked`."""
    folder = DATA / f"plugins-{count}"
    if (folder / "made").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _run(folder, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key")
    _run(folder, PLUMB, "init", "bare")
    bare = folder / "bare"
    (bare / "survey.csv").write_text(SURVEY)
    _run(bare, PLUMB, "import", "survey", "survey.csv")
    key = " ".join((folder / "key.pub").read_text().split()[:2])
    (bare / "allowed_signers").write_text(f"bench/* {key}\n")
    for number in range(count):
        _publish(folder, f"p{number:03}")
    shutil.copytree(bare, folder / "locked")
    for number in range(count):
        _run(folder / "locked", PLUMB, "plugin", "add", f"bench/p{number:03}", "--from", folder / "registry")
    _run(folder / "locked", PLUMB, "plugin", "approve", "--all")
    (folder / "made").touch()
    return folder


def _publish(folder, word):
    source = folder / word
    (source / "modules").mkdir(parents=True)
    (source / "plugin.yaml").write_text(MANIFEST.format(word=word))
    (source / "README.md").write_text(f"# {word}\n")
    for number in range(5):
        lines = "".join(f"function m.f{line}(column) return column * {line} end\n" for line in range(100))
        (source / f"modules/m{number}.lua").write_text(f"local m = {{}}\n{lines}return m\n")
    archive = f"{word}-1.0.0.tar.gz"
    _run(folder, PLUMB, "plugin", "pack", word)
    _run(folder, PLUMB, "plugin", "sign", "--key", "key", archive)
    _run(folder, PLUMB, "plugin", "publish", "--to", "registry", archive)


def _run(folder, *command):
    subprocess.run([str(word) for word in command], cwd=folder, check=True, capture_output=True)
