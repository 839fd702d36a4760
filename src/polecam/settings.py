"""One settings file. What a firm may change comes from the environment (docs/operate.md)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from polecam import env

ENVIRONMENT = env.environment()
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"
DEMO = ENVIRONMENT == "demo"
DEBUG = env.flag("POLECAM_DEBUG")

HERE = Path(__file__).resolve().parent
HOME = Path(env.text("POLECAM_HOME", "var")).resolve()
"""Database, uploads and messages of the demo; outside the web root."""

SECRET_KEY = env.text("POLECAM_SECRET_KEY", env.DEFAULT_SECRET)
CONTACT_KEYS = env.items("POLECAM_CONTACT_KEYS", "1:" + env.DEFAULT_SECRET)
"""`id:secret`, newest last: contact data are sealed with the last, opened with the named one."""
INDEX_KEY = env.text("POLECAM_INDEX_KEY", env.DEFAULT_SECRET)
"""Key of the blind indexes and public links; changing it needs `polecam reindex`."""
SIGNING_KEYS = env.items("POLECAM_SIGNING_KEYS", env.DEFAULT_SECRET)
"""Secrets of the Ed25519 keys of receipts, newest last: it signs, all verify. A retired one may be
left as its public key, `ed25519:...`."""

if PRODUCTION:
    secrets = [SECRET_KEY, INDEX_KEY, *(key.partition(":")[2] for key in CONTACT_KEYS)]
    secrets += SIGNING_KEYS
    if any(secret == env.DEFAULT_SECRET or len(secret) < 32 for secret in secrets):
        raise ImproperlyConfigured(
            "Production needs its own POLECAM_SECRET_KEY, POLECAM_CONTACT_KEYS, POLECAM_INDEX_KEY, "
            "POLECAM_SIGNING_KEYS, 32 characters or more each. `polecam init --keys` prints some."
        )
    if DEBUG:
        raise ImproperlyConfigured("Production refuses POLECAM_DEBUG: it would show secrets.")

ALLOWED_HOSTS = env.items("POLECAM_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1]")
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Production needs POLECAM_HOSTS, for example polecam.example.com.")
BASE_URL = env.text("POLECAM_URL", "" if PRODUCTION else "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

ROOMS = (
    "store journal organisation people signin keeping files imports parties privacy messages "
    "clients surveys asking referrals thanks claims sales effort bonuses recognition"
).split()
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    *(f"polecam.{room}" for room in ROOMS),
    "polecam.web",
    "polecam.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "polecam.web.watching.Watch",
    # Pages shrink to a quarter. Against BREACH: tokens are masked anew in every page, the session
    # does not come along from other sites (SameSite), and each answer gets a random length.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "polecam.web.pausing.Pause",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "polecam.web.middleware.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "polecam.web.presence.PresenceMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "polecam.web.middleware.LanguageMiddleware",
    "polecam.web.middleware.RefusedMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "polecam.web.once.OnceMiddleware",
]
ROOT_URLCONF = "polecam.urls"
WSGI_APPLICATION = "polecam.wsgi.application"

PAGES = sorted(path for path in (HERE / "web" / "pages").glob("*/templates"))
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "ui" / "templates", *PAGES],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "polecam.web.ui.context.chrome",
            ],
            "builtins": ["django.templatetags.i18n", "polecam.web.ui.templatetags.ui"],
            "libraries": {"ui": "polecam.web.ui.templatetags.ui"},
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), HOME)}
SIDE = "default"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Sessions, rate limits and cache write often and matter little: their own file keeps them
    # from queueing behind the actions' writes.
    SIDE = "side"
    DATABASES["side"] = env.sqlite(Path(DATABASES["default"]["NAME"]).with_suffix(".side.sqlite3"))
    if TESTING:
        for alias, database in DATABASES.items():
            name = Path(database["NAME"]).with_name(f"test-{alias}.sqlite3")
            database["TEST"] = {"NAME": str(name)}
DATABASE_ROUTERS = ["polecam.store.side.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "entry:sign_in"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
PASSWORD_RESET_TIMEOUT = 3600

SESSION_ENGINE = "polecam.store.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
HTTPS = BASE_URL.startswith("https://") or PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "polecam.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("POLECAM_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a monitor asks from the machine itself
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("POLECAM_BEHIND_PROXY") else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
# Whether the firm's other host names speak HTTPS only is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
"""Not "no-referrer": browsers would then send `Origin: null` with forms, and every POST would fail
its CSRF check. Pages of public links do send it (web.access): their links are their key."""
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = sorted((HERE / "locale").glob("*"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [HERE / "web" / "ui" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "uploads"
BACKUP_KEY = env.text("POLECAM_BACKUP_KEY", "" if PRODUCTION else env.DEFAULT_SECRET)
"""Secret of the copies that `polecam backup` makes; without it they open for nobody."""
BACKUP_FOLDER = Path(folder) if (folder := env.text("POLECAM_BACKUP_FOLDER")) else None
"""Where copies go, every night too; best on another disk."""
ERASURE_LIST = Path(env.text("POLECAM_ERASURE_LIST") or HOME / "erased.log")
"""Whoever was forgotten stays so after a restore: keyed hashes; best on another disk."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_TEMP_DIR = None

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_BACKEND = (
    "polecam.messages.smtp.Backend"
    if env.text("POLECAM_SMTP_HOST") and not DEMO
    else "polecam.messages.mail.FileBackend"
)
MAIL_ROOT = HOME / "mail"
"""Messages of a demo, of tests, and of a firm that has not set up its mail yet."""
SMS_TOKEN = "" if DEMO else env.text("POLECAM_SMS_TOKEN")
"""The OAuth token of SMSAPI; with it text messages can be sent."""
SMS_FROM = env.text("POLECAM_SMS_FROM")
SMS_URL = env.text("POLECAM_SMS_URL", "https://api.smsapi.pl/sms.do")
SMS_TO_FILES = (DEMO or TESTING) and not SMS_TOKEN
"""Without a gateway text messages go nowhere; only a demo and tests "send" them to files."""
OUTSIDE_LOOPBACK = False
"""Whether requests to the world outside may reach this machine: tests with a stand-in say so."""
MAIL_AT_ONCE = DEMO or TESTING
"""No quiet hours: whoever tries the demo at night would wait for the morning."""
EMAIL_HOST = env.text("POLECAM_SMTP_HOST")
EMAIL_PORT = int(env.text("POLECAM_SMTP_PORT", "587"))
EMAIL_HOST_USER = env.text("POLECAM_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("POLECAM_SMTP_PASSWORD")
EMAIL_TIMEOUT = 10
"""Seconds. A mail server that does not answer keeps the worker from everything else so long."""
EMAIL_USE_TLS = env.flag("POLECAM_SMTP_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("POLECAM_MAIL_FROM", "polecam@localhost")

OIDC_ISSUER = "" if DEMO else env.text("POLECAM_OIDC_ISSUER")
"""The firm's identity provider (OpenID Connect); with it people sign in without a password here."""
OIDC_CLIENT_ID = env.text("POLECAM_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("POLECAM_OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("POLECAM_OIDC_NAME", "SSO")
"""What people call it: "Microsoft", "Olszyna ID"."""
OIDC_STRONG = env.flag("POLECAM_OIDC_STRONG")
"""The provider always asks for two proofs, even where it does not say so in `amr`."""
OIDC_TRUST_EMAIL = env.flag("POLECAM_OIDC_TRUST_EMAIL")
"""Its e-mail addresses are proven, even where it does not say `email_verified`."""
OIDC_PRIVATE = env.flag("POLECAM_OIDC_PRIVATE")
"""It stands in the firm's own network."""

FEEDS_FOLDER = env.text("POLECAM_FEEDS_FOLDER")
"""The folder below which nightly files may be fetched; empty: none may."""
LOG_REQUESTS = env.flag("POLECAM_LOG_REQUESTS", default=PRODUCTION)
"""One line for each request: page, status, milliseconds; no address, nobody's name."""
METRICS_TOKEN = env.text("POLECAM_METRICS_TOKEN")
"""What Prometheus sends as its bearer token; without one there are no figures to read."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "polecam.web.logs.WithoutTokens"}},
    "formatters": {
        "text": {"()": "polecam.web.logs.Plain"},
        "json": {"()": "polecam.web.logs.Lines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["no_tokens"],
            "formatter": env.choice("POLECAM_LOG_FORMAT", "text", "json"),
        }
    },
    "root": {"handlers": ["console"], "level": env.text("POLECAM_LOG_LEVEL", "INFO")},
}
