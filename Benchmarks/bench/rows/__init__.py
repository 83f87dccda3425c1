"""The rows of the table, a file for each kind."""

from . import grouped, imports, loops, lua, night, outcomes, plugins, sandbox, startup, statistics


def all_rows():
    """Functions of a size and a text to look for in titles; each yields its rows."""
    return [startup.rows, imports.rows, grouped.rows, night.rows, outcomes.rows, plugins.rows,
            lua.rows, loops.rows, sandbox.rows, statistics.rows]
