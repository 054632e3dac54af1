"""xlwings Server: an organisation's own server. Functions and script are those of Lite, since both go through Office.js.

The project to start is in the folder ``project``; ``jwdt addin install --host server`` copies it.
"""

import os

from ..excel.udfs import VARIABLE


def _language_of_the_project() -> None:
    """The language may stand in the project's .env, of which xlwings Server takes its own settings only."""
    try:
        from dotenv import dotenv_values
    except ImportError:  # in a page of the Wasm build, which has no such file
        return
    found = dotenv_values(os.path.join(os.environ.get("XLWINGS_PROJECT_DIR", "."), ".env")).get(VARIABLE)
    if found:
        os.environ.setdefault(VARIABLE, found)


_language_of_the_project()  # before the functions are registered, with their texts

from ..lite import *  # noqa: E402, F403
from ..lite import __all__ as __all__  # noqa: E402
