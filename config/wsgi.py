"""The door for a WSGI server: `granian --interface wsgi config.wsgi:application`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# What is loaded once stays loaded: looking through it for cycles again and again would add 0.15 s
# to one heavy page in three.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
