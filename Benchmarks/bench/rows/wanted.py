"""Which rows are asked for."""


def wanted(title, only):
    return only.lower() in title.lower()
