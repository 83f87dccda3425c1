"""A workspace with the survey of 40 networks imported and 60 measures of 6 groupings each."""

import shutil
import subprocess

from ..places import DATA, PLUMB
from . import survey

MEAN_ITEMS = survey.ITEMS[:40]
SHARE_ITEMS = survey.ITEMS[40:60]
# What counts as agreement in the measures of shares.
AGREES = 5
GROUPINGS = ["{}", '{ "network" }', '{ "role" }', '{ "district" }', '{ "school" }', '{ "network", "role" }']

MEASURE = """return measure {{
  id = "survey.{name}", version = "1.0.0", title = "{title}", domain = "culture", type = "driver", unit = "{unit}",
  from = "survey", columns = {{ "{item}" }},
  by = {{ {groupings} }}, every = "wave",
  value = function(g, p) return {value} end,
  tests = {{ {{ name = "two answers", rows = {{ {{ {item} = 2 }}, {{ {item} = 5 }} }}, expect = {{ value = {tested}, n = 2 }} }} }},
}}
"""


def configuration(networks):
    listed = "".join(f"  {network}: {{}}\n" for network in networks)
    waves = "".join(f"  - {{ id: {name}, start: {start}, end: {end} }}\n" for name, start, end in survey.WAVES)
    return (
        "hub: bench\ntime_zone: UTC\n"
        + (f"networks:\n{listed}" if networks else "")
        + f"waves:\n{waves}"
        + "dimensions: { school: { in: district }, district: { in: network }, team: { in: network } }\n"
        "datasets:\n"
        "  survey: { class: staff_survey, person: respondent, period: { column: submitted } }\n"
        "privacy: { staff_survey: { minimum: 1 } }\n"
    )


def empty(folder, networks):
    """A workspace without data and measures, new."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "Measures").mkdir(parents=True)
    (folder / "plumbline.yaml").write_text(configuration(networks))
    return folder


def with_measures(rows):
    """A workspace ready for its first night; made anew by each run of the benchmark."""
    folder = empty(DATA / f"night-{rows}", survey.network_names())
    for item in MEAN_ITEMS:
        _write_measure(folder, item, f"mean_{item}", "points", f"g.{item}:mean()", 3.5)
    for item in SHARE_ITEMS:
        _write_measure(folder, item, f"share_{item}", "proportion", f"g.{item}:at_least({AGREES}):share()", 0.5)
    subprocess.run(
        [PLUMB, "import", "survey", survey.csv(rows), "--as", "survey"], cwd=folder, check=True,
        stdout=subprocess.DEVNULL,
    )
    return folder


def _write_measure(folder, item, name, unit, value, tested):
    text = MEASURE.format(
        name=name, title=name.replace("_", " "), unit=unit, item=item, groupings=", ".join(GROUPINGS), value=value,
        tested=tested,
    )
    (folder / f"Measures/{name}.lua").write_text(text)
