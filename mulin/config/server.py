"""The application the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from mulin.config.parent import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
# No answer waits for a compiler: what takes machine code happens in children, which turn it on.
os.environ["MULIN_COMPILED"] = "0"
follow_parent()

application = get_wsgi_application()

from mulin.lists.tasks.working import children  # noqa: E402 - models load with the settings

children.make_code()

# What is loaded now stays: looked through for garbage again and again, it cost a tenth of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
