"""The libraries of the extra ``report``, and the sentence where they are missing."""

from __future__ import annotations

import importlib

from ..errors import JwdtError
from ..messages import Text

_MISSING = Text(
    "生成文档需要 {n} — 请运行 pip install 'jwdt-xl[report]'",
    "making this document needs {n} — run pip install 'jwdt-xl[report]'",
)


def need(*modules: str) -> None:
    """Raises before any work where a library of the extra is not installed."""
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise JwdtError(_MISSING.fill(n=name), "no-report-extra") from error
