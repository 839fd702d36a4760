"""Every address of the house. Each page area brings its own urls.py."""

from django.urls import include, path

from polecam.web import home

handler400 = "polecam.web.errors.bad_request"
handler403 = "polecam.web.errors.forbidden"
handler404 = "polecam.web.errors.not_found"
handler500 = "polecam.web.errors.server_error"

# " " and "  " are further areas without a prefix.
AREAS = {
    "": "entry",
    "today/": "today",
    "capture/": "capture",
    "clients/": "clients",
    "referrals/": "referrals",
    "confirm/": "confirm",
    "money/": "money",
    "payroll/": "payroll",
    "plans/": "plans",
    "simulation/": "simulation",
    "pool/": "pool",
    "statements/": "statements",
    "audit/": "audit",
    "effort/": "effort",
    "evidence/": "evidence",
    "team/": "team",
    "branch/": "branch",
    "imports/": "imports",
    "feeds/": "feeds",
    "exports/": "exports",
    "setup/": "setup",
    "start/": "start",
    "tree/": "tree",
    "staff/": "staff",
    "tasks/": "tasks",
    "security/": "security",
    "sso/": "sso",
    "health/": "health",
    "privacy/": "privacy",
    "moments/": "moments",
    "inlets/": "inlets",
    "surveys/": "surveys",
    "pulse/": "pulse",
    "words/": "words",
    "courage/": "courage",
    "thanks/": "thanks",
    "rewards/": "rewards",
    "law/": "law",
    "mailing/": "mailing",
    "card/": "card",
    "fair/": "fair",
    "handoffs/": "handoffs",
    "shares/": "shares",
    "favours/": "favours",
    "disputes/": "disputes",
    "portfolio/": "portfolio",
    "verify/": "verify",
    "matches/": "matches",
    "notebook/": "notebook",
    "proof/": "proof",
    "demo/": "demo",
    "gallery/": "gallery",
    " ": "public",
    "  ": "answers",
}


urlpatterns = [
    path("", home.home, name="home"),
    *(
        path(prefix.strip(), include(f"polecam.web.pages.{area}.urls"))
        for prefix, area in AREAS.items()
    ),
]
