"""Which parts is the site made of, and how are they set?

Only what an operator decides comes from the environment (``environment.py``); only what a group decides comes from the
site settings in the database (``shell.SiteSettings``). All else is fixed here.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from pututu.config.databases import cache, database
from pututu.config.environment import read_environment
from pututu.config.mail import mail
from pututu.lib.zones import zone_names

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
environment = read_environment(ROOT)

# --- the installation

DEBUG = environment.is_debug
SECRET_KEY = environment.secret_key
BASE_URL = WAGTAILADMIN_BASE_URL = environment.base_url
IS_DEMO = environment.is_demo
ALLOWED_HOSTS = environment.allowed_hosts
DATABASES = {"default": database(environment.database_url, data=environment.data)}
CACHES = {"default": cache(environment.cache_url)}
OUTBOX_OF_DEMO = environment.data / "outbox" if environment.is_demo else None
DKIM_KEY, DKIM_SELECTOR = environment.dkim_key, environment.dkim_selector
DKIM_DOMAIN = environment.dkim_domain
globals().update(
    mail(
        environment.email_url,
        sender=environment.email_from,
        outbox=OUTBOX_OF_DEMO,
        is_signed=bool(DKIM_KEY),
        webhook_secret=environment.email_webhook_secret,
    )
)
MAIL_AN_HOUR = environment.mail_an_hour
MAIL_AN_HOUR_AND_DOMAIN = environment.mail_an_hour_and_domain
BOUNCES_TO = environment.bounces_to
BOUNCES_URL = environment.bounces_url
WSGI_APPLICATION = "pututu.config.wsgi.application"
ROOT_URLCONF = "pututu.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the parts

INSTALLED_APPS = [
    "pututu.operations",
    "pututu.rescue",
    "pututu.bulletins",
    "pututu.membership",
    "pututu.giving",
    "pututu.people",
    "pututu.home",
    "pututu.delivery",
    "pututu.publishing",
    "pututu.events",
    "pututu.shell",
    "pututu.pages",
    "pututu.topics",
    "pututu.media",
    "pututu.accounts",
    "pututu.dates",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "pututu.config.users.StaffConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pututu.config.security.StaffScreensPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pututu.accounts.middleware.SecondFactorMiddleware",
    "pututu.shell.middleware.GroupsClockMiddleware",
    "pututu.rescue.middleware.OldAddressesMiddleware",  # after what editors redirect themselves
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

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
                "wagtail.contrib.settings.context_processors.settings",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# --- languages and time

USE_I18N = WAGTAIL_I18N_ENABLED = USE_TZ = True
FORMAT_MODULE_PATH = ["pututu.config.formats"]  # days as the house writes them, not as America does
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
WAGTAIL_USER_TIME_ZONES = list(zone_names())
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = False

# --- files

STATIC_URL = "/static/"
STATIC_ROOT = environment.data / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.data / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
WHITENOISE_MAX_AGE = 3600

# --- Wagtail

WAGTAIL_SITE_NAME = "Pututu"
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.DocumentFile"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ods", "odt", "pdf", "txt", "xlsx"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "pututu.media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pututu.media.forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # embeds are links that a reader clicks: nothing is fetched
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "pututu.rescue.bringing.indexing.PatientTasks"}}

# --- who takes money

STRIPE_KEY = environment.stripe_key
STRIPE_WEBHOOK_SECRET = environment.stripe_webhook_secret
GOCARDLESS_TOKEN = environment.gocardless_token
GOCARDLESS_WEBHOOK_SECRET = environment.gocardless_webhook_secret

# --- who may come in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "pututu.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff accounts are made by an administrator, never by sign-up
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an administrator wrote the address
MFA_TOTP_ISSUER = "Pututu"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not environment.is_https

# --- safety in transit and in the browser

SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = environment.is_https
SESSION_COOKIE_NAME = "__Host-session" if environment.is_https else "session"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if environment.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.is_https
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # the staff screens, which frame their previews, say otherwise: config.security
if environment.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies
CSRF_TRUSTED_ORIGINS = [environment.base_url]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"flufl.bounce": {"level": "CRITICAL"}},  # it tells of each mail that it stumbles over
}
