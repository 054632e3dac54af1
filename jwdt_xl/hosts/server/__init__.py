"""xlwings Server: an organisation's own server. Functions and script are those of Lite, since both go through Office.js.

The project to start is in the folder ``project``; ``jwdt addin install --host server`` copies it.
"""

import os
import sys

from ..lite import *  # noqa: F403
from ..lite import __all__ as __all__


def _without_searching_for_pyodide() -> None:
    """xlwings 0.37 asks for every cell whether it is a null of Pyodide, by an import that fails here: 0.3 ms a cell.

    On a server there is no Pyodide, so the answer is known; 10,000 rows take 1 s instead of 10.
    """
    from xlwings import utils
    from xlwings.pro import udfs_officejs

    utils.is_jsnull = lambda value: False
    udfs_officejs.js_to_none = lambda value: value


# Only inside the server: xlwings.pro is its licensed part and cannot be imported elsewhere.
if os.environ.get("XLWINGS_ON_SERVER") == "true" and sys.platform != "emscripten":
    _without_searching_for_pyodide()
