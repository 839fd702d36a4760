"""What a web process of `polecam serve` runs: the application, and an eye on the supervisor."""

import os

from polecam.cli.parent import watch
from polecam.wsgi import application

watch(os.getppid(), lambda: os._exit(1))

__all__ = ["application"]
