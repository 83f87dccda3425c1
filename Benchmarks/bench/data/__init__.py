"""Generated data: the same seed and size give the same bytes, and a file's name says both."""

import os


def made_once(path, make):
    """The file at a path, made when it is not there yet; a run that is cut off leaves no half of it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".unfinished")
        make(unfinished)
        os.replace(unfinished, path)
    return path
