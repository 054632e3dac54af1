"""The Python side of lite.mjs: what xlwings Lite does with requirements.txt and main.py."""

import json
import os
import sys
import types

os.environ["XLWINGS_ON_SERVER"] = "true"  # xlwings' decorators are then those of Office.js
os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"  # Lite brings a key of its own
os.environ["JWDT_LANG"] = language  # noqa: F821  set by lite.mjs
main = types.ModuleType("main")


installed = []


async def install():
    """requirements.txt"""
    import micropip

    before = set(micropip.list())
    await micropip.install(f"emfs:{wheel}")  # noqa: F821
    global installed
    installed = sorted(set(micropip.list()) - before)


def start():
    """main.py"""
    sys.modules["main"] = main
    exec(json.loads(job_text).get("main") or "from jwdt_xl.hosts.lite import *", vars(main))  # noqa: F821


async def call(data):
    import xlwings.server
    from pyodide.ffi import to_js

    return to_js(await xlwings.server.custom_functions_call(data.to_py(), main), dict_converter=_object())


def _object():
    import js

    return js.Object.fromEntries


async def answer():
    import xlwings
    import xlwings.server

    meta = xlwings.server.custom_functions_meta(main)
    scripts = xlwings.server.custom_scripts_meta(main)
    book = json.loads(job_text).get("book")  # noqa: F821
    actions = None
    if book:
        xw_book = xlwings.Book(json=book)
        done = await xlwings.server.custom_scripts_call(
            main, "generate_summary", typehint_to_value={xlwings.Book: xw_book}
        )
        actions = done.json()["actions"]
    papers = json.loads(job_text).get("papers")  # noqa: F821
    imported = None
    if papers:
        done = await xlwings.server.custom_scripts_call(
            main, "import_papers", typehint_to_value={xlwings.Book: xlwings.Book(json=papers)}
        )
        imported = done.json()["actions"]
    foreign = sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "pandas", "rich", "xlsxwriter"})
    return json.dumps(
        {
            "python": sys.version,
            "platform": sys.platform,
            "xlwings": xlwings.__version__,
            "installed": installed,
            "foreign": foreign,
            "meta": meta,
            "scripts": scripts,
            "actions": actions,
            "imported": imported,
        }
    )
