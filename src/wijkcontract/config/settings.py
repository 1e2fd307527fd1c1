"""Django's settings. What differs between machines comes from `environment`; nothing here belongs to a programme or a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext

from wijkcontract.config import environment
from wijkcontract.rules import clock

django_stubs_ext.monkeypatch()

ENVIRONMENT = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

if ENVIRONMENT.now:
    clock.start_at(clock.parse_moment(ENVIRONMENT.now))

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, "testserver"] if not ENVIRONMENT.is_production else ENVIRONMENT.hosts
DEMO = ENVIRONMENT.demo
BRAND_OWNER = ENVIRONMENT.brand_owner
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

ROOMS = [
    "audit", "outbox", "files", "accounts", "places", "calls", "proposals", "jury", "contracts",
    "execution", "participation", "knowledge", "reporting",
]  # fmt: skip
AUDIENCES = ["public", "resident", "applicant", "juror", "agency", "account"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    *[f"wijkcontract.{room}" for room in ROOMS],
    "wijkcontract.web.components",
    "wijkcontract.demo",
]

MIDDLEWARE = [
    "wijkcontract.config.middleware.FrontDoor",
    "wijkcontract.config.middleware.SecurityHeaders",
    "wijkcontract.config.middleware.NoNullBytes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wijkcontract.config.middleware.ReadOnlyGet",
    "wijkcontract.accounts.middleware.ActorMiddleware",
    "wijkcontract.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "wijkcontract.config.urls"
WSGI_APPLICATION = "wijkcontract.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "components" / "templates", *[PACKAGE / "web" / name / "templates" for name in AUDIENCES],
                 PACKAGE / "demo" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wijkcontract.web.context.site",
            ],
            "builtins": ["wijkcontract.web.components.templatetags.components"],
        },
    },
]  # fmt: skip
FORM_RENDERER = "wijkcontract.web.components.forms.ComponentRenderer"

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous={}; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
    ).format("NORMAL" if ENVIRONMENT.kind == "test" else "FULL"),
}


def database() -> dict[str, Any]:
    """PostgreSQL when DATABASE_URL names one, else the embedded SQLite in the data folder."""
    if ENVIRONMENT.database_url:
        parsed: dict[str, Any] = dict(dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60))
        if parsed["ENGINE"].endswith("postgresql"):
            parsed.setdefault("OPTIONS", {})["options"] = "-c jit=off"
            return parsed
        return parsed | {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}
    ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ENVIRONMENT.data / "wijkcontract.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": database()}

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/aanmelden/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_production
# The front door ends TLS, so that a form comes from https while this process sees http: the names of the site are trusted.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * name.startswith('.')}{name}" for name in ENVIRONMENT.hosts]
SECURE_SSL_REDIRECT = False  # the front door does this; see docs/running.md
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.is_production else 0  # sent by our SecurityHeaders
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wijkcontract.web.refusals.csrf_failure"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ENVIRONMENT.data / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.kind == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT.kind == "test"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_ATTACHMENTS = 50  # files of one proposal
MAX_ATTACHED_BYTES = 200 * 1024 * 1024  # of one proposal together

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEFAULT_FROM_EMAIL = "wijkcontract@example.invalid"
if ENVIRONMENT.mail_url:
    _mail = urlsplit(ENVIRONMENT.mail_url)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
    EMAIL_USE_TLS = _mail.scheme == "smtps"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = ENVIRONMENT.data / "mail"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
