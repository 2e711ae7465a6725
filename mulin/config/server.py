"""The application the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from mulin.config.parent import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
follow_parent()

application = get_wsgi_application()
