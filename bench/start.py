"""What `import jwdt_xl.functions` adds to a bare start of Python, on the standard library alone.

python bench/start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

import jwdt_xl

RUNS = 15
_HERE = str(Path(jwdt_xl.__file__).parents[1])
_CODE = """
import sys, time
sys.path.insert(0, {here!r})
before = time.perf_counter()
import jwdt_xl.functions
print((time.perf_counter() - before) * 1000)
"""


def main() -> None:
    """The median over several fresh interpreters, after one that writes the bytecode."""
    command = [sys.executable, "-I", "-S", "-c", _CODE.format(here=_HERE)]
    times = [float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(RUNS + 1)]
    print(f"import jwdt_xl.functions adds {statistics.median(times[1:]):.1f} ms (median of {RUNS}; wanted: below 30)")


if __name__ == "__main__":
    main()
