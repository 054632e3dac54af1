"""``python -m jwdt_xl.cli`` does the same as ``jwdt``."""

import sys

from . import main

sys.exit(main())
