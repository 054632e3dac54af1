"""Every cell function runs on the standard library alone, as inside LibreOffice's Python and Pyodide."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwdt_xl
from jwdt_xl.functions import CATALOGUE

SCRIPT = """
import sys
sys.path.append(sys.argv[1])
import json
from jwdt_xl.functions import CATALOGUE
from jwdt_xl.messages import set_language
set_language("en")
calls = json.load(sys.stdin)
results = {name: function.call(*calls[name]) for name, function in CATALOGUE.items()}
known = sys.stdlib_module_names | {"jwdt_xl", "__main__"}
foreign = sorted({name.partition(".")[0] for name in sys.modules} - known)
json.dump([results, foreign, sys.modules["jwdt_xl"].__file__], sys.stdout)
"""


def test_every_function(valid: Callable[[str], list[Any]], tmp_path: Path) -> None:
    package = Path(jwdt_xl.__file__).parent
    (tmp_path / "jwdt_xl").symlink_to(package, target_is_directory=True)  # nothing else lies beside it
    calls = {name: valid(name) for name in CATALOGUE}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-W", "error", "-c", SCRIPT, str(tmp_path)],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results, foreign, file = json.loads(done.stdout)
    assert foreign == []
    assert Path(file).resolve() == Path(jwdt_xl.__file__).resolve()
    assert results == {name: function.call(*calls[name]) for name, function in CATALOGUE.items()}
