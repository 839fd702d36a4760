"""The WSGI door for granian (`polecam serve`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polecam.settings")
application = get_wsgi_application()
