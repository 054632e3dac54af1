"""xlwings Server: an organisation's own server. Functions and script are those of Lite, since both go through Office.js.

The project to start is in the folder ``project``; ``jwdt addin install --host server`` copies it.
"""

from ..lite import *  # noqa: F403
from ..lite import __all__ as __all__
