"""``jwdt demo``: the main job from an empty template to a finished workbook, without any office program."""

from __future__ import annotations

import argparse
import json
import os
from importlib import resources

from .. import workbook
from ..assessment import Assessment, Result, read
from ..errors import Refused
from ..messages import WARNING, Text, get_language
from ..opening.outputs import new_folder
from ..portfolio import read_file
from . import BAD_DATA, FINE
from .options import add_output
from .output import new_file, say_findings, tell
from .paths import Folder

FOLDER = "jwdt-demo"
TEMPLATE, FILLED, FINISHED = "template.xlsx", "cement-filled.xlsx", "cement-result.xlsx"


def demo_options(parser: argparse.ArgumentParser) -> None:
    add_output(
        parser, "DIR", f"输出文件夹，默认 {FOLDER}", f"output folder, default {FOLDER}", default=FOLDER, type=Folder
    )


def demo(options: argparse.Namespace) -> int:
    from . import tables

    folder = new_folder(options.output)
    template, filled, finished = (os.path.join(folder, name) for name in (TEMPLATE, FILLED, FINISHED))
    _write(template, None)
    _write(filled, example())
    reading = read_file(filled)
    if reading.result is None:
        raise Refused(reading.findings)
    result = _write(finished, reading.assessment)
    tables.show_score_table(result)
    say_findings(reading.findings, WARNING)
    tell()
    for path, what in (
        (template, Text("空白模板", "empty template")),
        (filled, Text("填报示例（数值为示例）", "example filled in (made-up figures)")),
        (finished, Text("由读回的数据生成的结果工作簿", "finished workbook, from the data read back")),
    ):
        tell(f"{path}  {what}")
    return FINE if reading.ok else BAD_DATA


def _write(path: str, assessment: Assessment | None) -> Result:
    with new_file(path) as temporary:
        return workbook.write(temporary, language=get_language(), assessment=assessment)


def example() -> Assessment:
    """The cement example shipped with the package."""
    text = resources.files("jwdt_xl").joinpath("examples").joinpath("cement.json").read_text(encoding="utf-8")
    return read(json.loads(text))
