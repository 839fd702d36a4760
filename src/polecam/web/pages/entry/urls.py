"""Addresses of the way in and of one's own account."""

from django.urls import path

from polecam.web.pages.entry import account, passwords, second, views

app_name = "entry"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", second.second, name="second"),
    path("sign-in/spare/", second.spare, name="spare"),
    path("sign-in/passkey/", second.passkey, name="passkey"),
    path("sign-in/passkey/ask/", second.ask_passkey, name="ask_passkey"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("no-role/", views.no_role, name="no_role"),
    path("language/", views.language, name="language"),
    path("personas/", views.personas, name="personas"),
    path("personas/<str:public_id>/", views.become, name="become"),
    path("welcome/<str:ref>/", views.welcome, name="welcome"),
    path("password/", passwords.forgotten, name="forgotten"),
    path("password/sent/", passwords.sent, name="reset_sent"),
    path("password/<str:uid>/<str:token>/", passwords.reset, name="reset"),
    path("profile/", account.profile, name="profile"),
    path("profile/password/", account.password, name="password"),
    path("profile/good-news/", account.good_news, name="good_news"),
]
