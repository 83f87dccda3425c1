"""Which rows are asked for."""


def wanted(title, only):
    return any(part in title.lower() for part in only.lower().split(","))
