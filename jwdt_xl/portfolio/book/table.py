"""The whole portfolio as one Parquet table, for those who go on in Python or R, and above what Excel can hold."""

from __future__ import annotations

from itertools import islice
from typing import Any

from ...errors import JwdtError
from ...messages import SEVERITIES, Text
from ..analysis.group import Get, Group
from . import columns
from .columns import COUNT, TEXT
from .contents import rows_of

_BATCH = 4096


def check_available() -> None:
    """Before hours of reading, not after them."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise JwdtError(
            Text(
                "--table 需要 pyarrow — 请运行 pip install 'jwdt-xl[table]'",
                "--table needs pyarrow — run pip install 'jwdt-xl[table]'",
            ),
            "no-pyarrow",
        ) from error


def write_table(path: str, group: Group, get: Get) -> None:
    """One row per enterprise in the order of ranking; the columns are the keys of the portfolio's sheets."""
    import pyarrow
    from pyarrow import parquet

    sheets = (
        *columns.ranking(group.guide, group.coupling is not None, group.sure is not None),
        *columns.values(group.guide),
    )
    listed = {column.key: column for column in sheets}
    types: dict[str, Any] = {}
    for key, column in listed.items():
        types[key] = (
            pyarrow.string() if column.kind == TEXT else pyarrow.int64() if column.kind == COUNT else pyarrow.float64()
        )
    for key in SEVERITIES:
        types[key] = pyarrow.int64()
    schema = pyarrow.schema(list(types.items()), {"creator": "jwdt-xl"})
    rows = rows_of(group, get)
    with parquet.ParquetWriter(path, schema) as writer:
        while batch := list(islice(rows, _BATCH)):
            arrays = [pyarrow.array([row.get(key) for row in batch], types[key]) for key in types]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
