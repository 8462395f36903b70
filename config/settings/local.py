"""On a developer's machine and for the demonstration: 127.0.0.1, everything under `var/`."""

from config.settings.base import *

# Known to everybody, hence refused by the production settings, which require their own.
SECRET_KEY = SECRET_KEY or "local-only-never-used-in-production-0123456789abcdef"
BEFFROI_VAR.mkdir(parents=True, exist_ok=True)

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = ["http://127.0.0.1:8000", "http://localhost:8000", *CSRF_TRUSTED_ORIGINS]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
