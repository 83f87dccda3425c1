"""Cells of Arrow data as the texts that Plumbline's tests compare, read with pyarrow or polars."""

import datetime

import polars
import pyarrow as pa

MISSING = "\u0000"
EPOCH = datetime.date(1970, 1, 1)
PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def day(number):
    return (EPOCH + datetime.timedelta(days=number)).isoformat()


def moment(number, unit):
    """2026-11-04T06:00:00.5Z, with as many decimals as it needs."""
    days, rest = divmod(number, PER_DAY[unit])
    seconds, fraction = divmod(rest, PER_DAY[unit] // 86_400)
    digits = len(str(PER_DAY[unit] // 86_400)) - 1
    decimals = f".{fraction:0{digits}d}".rstrip("0").rstrip(".") if digits else ""
    return f"{day(days)}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{decimals}Z"


def texts(values, show):
    return [MISSING if value is None else show(value) for value in values]


def truth(value):
    return "true" if value else "false"


def arrow_column(column):
    """The cells of a pyarrow column."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return texts(column.cast(kind.value_type).to_pylist(), str)
    if pa.types.is_timestamp(kind):
        return texts(column.cast(pa.int64()).to_pylist(), lambda value: moment(value, kind.unit))
    if pa.types.is_date32(kind):
        return texts(column.cast(pa.int32()).to_pylist(), day)
    if pa.types.is_date64(kind):
        return texts(column.cast(pa.int64()).to_pylist(), lambda value: day(value // PER_DAY["ms"]))
    if pa.types.is_boolean(kind):
        return texts(column.to_pylist(), truth)
    return texts(column.to_pylist(), str)


def polars_column(series):
    """The cells of a polars series; `date_ms` comes as a time of milliseconds."""
    kind = series.dtype
    if series.name == "date_ms":
        return texts(series.to_physical().to_list(), lambda value: day(value // PER_DAY["ms"]))
    if kind == polars.Datetime:
        return texts(series.to_physical().to_list(), lambda value: moment(value, kind.time_unit))
    if kind == polars.Date:
        return texts(series.to_physical().to_list(), day)
    if kind == polars.Boolean:
        return texts(series.to_list(), truth)
    if kind in (polars.Categorical, polars.Enum):
        return texts(series.cast(polars.String).to_list(), str)
    return texts(series.to_list(), str)
