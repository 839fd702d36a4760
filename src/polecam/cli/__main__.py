"""`python -m polecam.cli` is `polecam`."""

import sys

from polecam.cli import main

sys.exit(main())
