"""What this project adds to xlwings Server: its protection, and the template that the task pane offers."""

from __future__ import annotations

import functools
import os
import sys
import tempfile
from typing import Literal

from fastapi import APIRouter, Response
from xlwings_server.config import settings

from jwdt_xl.messages import LANGUAGES
from jwdt_xl.workbook import write

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

try:
    from jwdt_xl.hosts.server.protection import protect

    protect(sys.modules["xlwings_server.main"])
except Exception as error:  # the server would log it and go on without
    raise SystemExit(f"xlwings Server is not started without its protection: {error!r}") from error

router = APIRouter(prefix=f"{settings.app_path}/jwdt")


@router.get("/template.xlsx")
def jwdt_template(language: Literal["zh", "en"] = "zh") -> Response:
    """An empty template."""
    name = f"template-server-{language}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_template(language), media_type=MEDIA_TYPE, headers=headers)


@functools.lru_cache(maxsize=len(LANGUAGES))
def _template(language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "template.xlsx")
        write(path, host="server", language=language)
        with open(path, "rb") as file:
            return file.read()
