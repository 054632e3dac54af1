"""xlwings Server: an organisation's own server. Functions and script are those of Lite, since both go through Office.js.

The project to start is in the folder ``project``; ``jwdt addin install --host server`` copies it.
"""

import os

from ..excel.udfs import VARIABLE


def setting(name: str) -> str:
    """A setting of ours from the environment or the project's .env, of which xlwings Server takes its own only."""
    if name in os.environ:
        return os.environ[name]
    try:
        from dotenv import dotenv_values
    except ImportError:  # in a page of the Wasm build, which has no such file
        return ""
    return dotenv_values(os.path.join(os.environ.get("XLWINGS_PROJECT_DIR", "."), ".env")).get(name) or ""


if _language := setting(VARIABLE):  # before the functions are registered, with their texts
    os.environ[VARIABLE] = _language

from ..lite import *  # noqa: E402, F403
from ..lite import __all__ as __all__  # noqa: E402
