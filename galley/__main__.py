"""``python -m galley``: the command line."""

import sys

from galley.cli import main

sys.exit(main())
