"""How does a WSGI server reach the site?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pututu.config.settings")

application = get_wsgi_application()

from pututu.operations.clock import start_clock  # noqa: E402 - needs the settings that the line above sets up
from pututu.shell.tasks import start_making_sizes  # noqa: E402 - as above

start_clock()
start_making_sizes()
