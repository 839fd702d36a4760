"""Addresses of how people prove who they are, and who signed in."""

from django.urls import path

from polecam.web.pages.security import admins, changing, proving, views

app_name = "security"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("prove/", proving.prove, name="prove"),
    path("prove/passkey/", proving.by_passkey, name="prove_passkey"),
    path("app/", changing.begin_app, name="begin_app"),
    path("app/<str:factor>/", changing.app, name="app"),
    path("passkey/", changing.add_passkey, name="add_passkey"),
    path("passkey/ask/", changing.ask_passkey, name="ask_passkey"),
    path("remove/<str:factor>/", changing.remove, name="remove"),
    path("codes/", changing.codes, name="codes"),
    path("sessions/", views.end_others, name="end_others"),
    path("sessions/<str:session>/", views.end, name="end"),
    path("sign-ins/", admins.sign_ins, name="sign_ins"),
    path("people/<str:person>/", admins.reset, name="reset"),
    path("people/<str:person>/out/", admins.sign_out, name="sign_out"),
]
