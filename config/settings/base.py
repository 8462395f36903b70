"""What every situation shares. Values that change between machines come from `config.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from config.env import DatabaseUrl, read_environment

environment = read_environment()

INSTALLED_APPS = [
    "beffroi.demo",
    "beffroi.website",
    "beffroi.api",
    "beffroi.newsletter.issues",
    "beffroi.newsletter.audience",
    "beffroi.newsletter.delivery",
    "beffroi.progress",
    "beffroi.register.handover",
    "beffroi.register.sheets",
    "beffroi.register.alerts",
    "beffroi.register.campaigns",
    "beffroi.club.events",
    "beffroi.offers.calls",
    "beffroi.programme.support",
    "beffroi.programme.agreements",
    "beffroi.programme.membership",
    "beffroi.foundations.desk",
    "beffroi.foundations.notices",
    "beffroi.foundations.duties",
    "beffroi.foundations.imports",
    "beffroi.foundations.mandates",
    "beffroi.foundations.territories",
    "beffroi.foundations.directory",
    "beffroi.foundations.media",
    "beffroi.foundations.audit",
    "beffroi.foundations.accounts",
    "beffroi.foundations.skin",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "widget_tweaks",
    "dsfr",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.headers.ContentSecurityPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.cookies.ForgedSessions",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "beffroi.foundations.skin.context.skin",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

STATIC_URL = "/static/"
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = "Beffroi"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
WAGTAILADMIN_USER_LOGIN_FORM = "beffroi.foundations.accounts.forms.DeskLoginForm"
WAGTAILIMAGES_IMAGE_MODEL = "media.CreditedImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.CreditedDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Apart, so that many callers of the API never push out what was measured.
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DSFR_MARK_OPTIONAL_FIELDS = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        # The State design system's style sheet carries its icons as data addresses.
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "wagtailadmin_login"


def database(url: DatabaseUrl) -> dict[str, Any]:
    """Django's DATABASES entry for a parsed address."""
    if url.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.name,
            # IMMEDIATE takes the write lock at BEGIN, so that two writers wait for each other
            # instead of failing halfway.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.name,
        "USER": url.user,
        "PASSWORD": url.password,
        "HOST": url.host,
        "PORT": url.port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


_email = environment["BEFFROI_EMAIL_URL"]

SECRET_KEY: str = environment["BEFFROI_SECRET_KEY"]
DATABASES = {"default": database(environment["BEFFROI_DATABASE_URL"])}
BEFFROI_SITE_URL: str = environment["BEFFROI_SITE_URL"]
WAGTAILADMIN_BASE_URL = BEFFROI_SITE_URL
ALLOWED_HOSTS = [str(urlsplit(BEFFROI_SITE_URL).hostname), *environment["BEFFROI_ALLOWED_HOSTS"]]
CSRF_TRUSTED_ORIGINS = [BEFFROI_SITE_URL]
BEFFROI_SKIN: str = environment["BEFFROI_SKIN"]
BEFFROI_DEMONSTRATION: bool = environment["BEFFROI_DEMONSTRATION"]
BEFFROI_VAR: Path = environment["BEFFROI_VAR"]
BEFFROI_COG_PATH: Path = environment["BEFFROI_COG_PATH"]
BEFFROI_TRUSTED_PROXY: bool = environment["BEFFROI_TRUSTED_PROXY"]
BEFFROI_API_REQUESTS_PER_MINUTE: int = environment["BEFFROI_API_REQUESTS_PER_MINUTE"]
BEFFROI_DELIVERY_RETRY_HOURS: int = environment["BEFFROI_DELIVERY_RETRY_HOURS"]
MEDIA_ROOT: Path = BEFFROI_VAR / "media"
STATIC_ROOT: Path = BEFFROI_VAR / "static"
DEFAULT_FROM_EMAIL: str = environment["BEFFROI_MAIL_FROM"]
EMAIL_HOST: str = _email.host
EMAIL_PORT: int = _email.port
EMAIL_HOST_USER: str = _email.user
EMAIL_HOST_PASSWORD: str = _email.password
EMAIL_USE_TLS: bool = _email.starttls
EMAIL_USE_SSL: bool = _email.tls
EMAIL_TIMEOUT = 30
