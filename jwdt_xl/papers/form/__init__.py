"""Papers into the form that is open in a spreadsheet program: the one declaration of the action Import for every host.

Standard library only. The form is known by its defined names and headings, so no address is known here.
"""

from __future__ import annotations

from ...messages import Text

#: What the action is called, in menus and on its sheet.
TITLE = Text("导入资料", "Import papers")
