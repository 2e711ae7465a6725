"""All settings, from the environment; `.env.example` lists what an operator may set."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


DEBUG = _flag("MULIN_DEBUG")
VAR_DIR = Path(os.environ.get("MULIN_VAR", BASE_DIR / "var")).resolve()


def _secret_key() -> str:
    """The key from the environment, or one made once and kept beside the data, for its owner."""
    if key := os.environ.get("MULIN_SECRET_KEY"):
        return key
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _single_sign_on() -> dict:
    """allauth's settings for the provider named in the environment; empty where none is."""
    if not os.environ.get("MULIN_OIDC_SERVER"):
        return {}
    app = {
        "provider_id": "oidc",
        "name": os.environ.get("MULIN_OIDC_NAME", "OIDC"),
        "client_id": os.environ.get("MULIN_OIDC_CLIENT", ""),
        "secret": os.environ.get("MULIN_OIDC_SECRET", ""),
        "settings": {"server_url": os.environ["MULIN_OIDC_SERVER"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


SECRET_KEY = _secret_key()
MULIN_DEMO = _flag("MULIN_DEMO")
ALLOWED_HOSTS = _words("MULIN_HOSTS", "localhost 127.0.0.1 [::1]")
SITE_URL = os.environ.get("MULIN_SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = _words("MULIN_ORIGINS")

INSTALLED_APPS = [
    "mulin.config",
    "mulin.home",
    "mulin.lists",
    "mulin.projects",
    "mulin.alliance",
    "mulin.documents",
    "mulin.notifications",
    "mulin.search",
    "mulin.history",
    "mulin.accounts",
    "mulin.web",
    "django_cotton",
    "django_htmx",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mulin.config.limits.LimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mulin.accounts.privacy.NoStoreMiddleware",
    "mulin.accounts.language.LanguageMiddleware",
    "mulin.config.reading.ReadingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "mulin.config.urls"
WSGI_APPLICATION = "mulin.config.server.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "mulin.web.context.chrome",
                "mulin.home.context.waiting",
            ],
        },
    }
]


def _database(url: str) -> dict:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`.

    A PostgreSQL behind a socket is written `postgres://user@/name?host=/folder/of/the/socket`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "mulin.config.sqlite",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL, because NORMAL loses acknowledged commits in a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;",
            },
            "CONN_MAX_AGE": None,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or parse_qs(parts.query).get("host", [""])[0]),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {
    "default": _database(os.environ.get("MULIN_DATABASE", f"sqlite:///{VAR_DIR / 'mulin.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
LOGOUT_REDIRECT_URL = "home:public"

ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_ADAPTER = "mulin.accounts.adapter.ClosedSignup"
ACCOUNT_FORMS = {"login": "mulin.accounts.signing_in.SignInForm"}
SOCIALACCOUNT_ADAPTER = "mulin.accounts.adapter.KnownPeopleOnly"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[mulin] "
# Else any stranger could have mails sent from here to whomever they like.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,100/15m/ip", "login": "60/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_FORMS = {
    "add_webauthn": "mulin.accounts.signing_in.AddPasskeyForm",
    "edit_webauthn": "mulin.accounts.signing_in.RenamePasskeyForm",
}
MFA_TOTP_ISSUER = "mulin"
SOCIALACCOUNT_PROVIDERS = _single_sign_on()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("zh-hant", _("Traditional Chinese")),
    ("en", _("English")),
]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = os.environ.get("MULIN_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "mulin.web.storage.StaticFiles"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A sheet of 20 MB, which the import allows, and the form around it.
LARGEST_REQUEST = 25 * 1024 * 1024

HTTPS = _flag("MULIN_HTTPS")
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Whose word on where a request comes from counts when tries to sign in are limited.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MULIN_PROXIES", "0"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # no HSTS without https, which an office network may not have
    "security.W005",  # a neighbour's subdomain is not ours to promise for
    "security.W008",  # mulin serves one port; who adds a proxy redirects there
    "security.W012",  # cookies are secure as soon as MULIN_HTTPS is set
    "security.W016",
    "security.W021",  # preloading is the domain owner's decision
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Browsers apply it to where a form is led on, too: to the single sign-on.
        "form-action": [SELF, *filter(None, [_origin(os.environ.get("MULIN_OIDC_SERVER", ""))])],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = os.environ.get(
    "MULIN_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("MULIN_EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = os.environ.get("MULIN_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("MULIN_EMAIL_PORT", "465"))
EMAIL_USE_SSL = _flag("MULIN_EMAIL_SSL", True)
EMAIL_HOST_USER = os.environ.get("MULIN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MULIN_EMAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("MULIN_EMAIL_FROM", "mulin@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MULIN_LOG_LEVEL", "WARNING")},
}
