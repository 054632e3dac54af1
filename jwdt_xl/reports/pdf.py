"""A Word document as PDF, by LibreOffice."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from ..errors import JwdtError
from ..messages import Text
from ..opening.outputs import PDF_MARK

#: A first start on a slow machine, and a long document.
_SECONDS = 180
_FAILED = Text(
    "LibreOffice 未能生成 PDF（{e}）— 请确认装有 Writer（Debian：libreoffice-writer），或改用 -o R.docx",
    "LibreOffice made no PDF ({e}) — see that its Writer is installed (Debian: libreoffice-writer), or use -o R.docx",
)


def convert(document: str, to: str, soffice: str) -> None:
    """Convert with a profile of its own, so that an open LibreOffice does not matter, and mark the file as ours."""
    with tempfile.TemporaryDirectory(prefix="jwdt-pdf-") as folder:
        command = [
            soffice, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, document,
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, text=True, errors="replace")
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JwdtError(_FAILED.fill(e=type(error).__name__), "office") from error
        made = os.path.join(folder, Path(document).stem + ".pdf")
        if not os.path.exists(made):
            said = (done.stderr or done.stdout).strip().splitlines()
            raise JwdtError(_FAILED.fill(e=said[-1] if said else done.returncode), "office")
        content = Path(made).read_bytes()
        Path(to).write_bytes(content + PDF_MARK)
