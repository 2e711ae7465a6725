"""The application the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from mulin.config.parent import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
follow_parent()

application = get_wsgi_application()

# What is loaded now stays: looked through for garbage again and again, it cost a tenth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
