"""Jobs for `plumb-bench evaluate`."""

import json

from .places import DATA, MEASURES


def write(name, file, script, **more):
    """Writes a job and gives its path."""
    job = {
        "files": [{"path": str(file)}], "dimensions": [], "periods": [], "script": str(MEASURES / script),
        "form": "value", "repeats": 3, "printsValues": False,
    }
    job.update(more)
    path = DATA / f"{name}.job.json"
    path.write_text(json.dumps(job))
    return path


def waves(listed):
    return [{"label": label, "start": start, "end": end} for label, start, end in listed]
