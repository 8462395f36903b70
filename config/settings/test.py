"""For the tests: fast password hashes, tasks run at once, nothing outside a temporary folder."""

import tempfile
from pathlib import Path

from config.settings.base import *

_scratch = Path(tempfile.gettempdir()) / "beffroi-tests"
SECRET_KEY = "tests-only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch / "static"
BEFFROI_VAR = _scratch
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
