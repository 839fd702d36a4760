"""Addresses of people: many at once, their roles, deputies, moves and leaving."""

from django.urls import path

from polecam.web.pages.staff import (
    coming_back,
    deputies,
    inviting,
    leaving,
    moving,
    records,
    roles,
)

app_name = "staff"
urlpatterns = [
    path("invite/", inviting.invite_many, name="invite_many"),
    path("invite/check/", inviting.check, name="invite_check"),
    path("invite/all/", inviting.invite_all, name="invite_all"),
    path("invitations/", inviting.invitations, name="invitations"),
    path("invitations/remind/", inviting.remind, name="remind"),
    path("invitations/withdraw/", inviting.withdraw, name="withdraw"),
    path("invitations/renew/", inviting.renew, name="renew"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/name/", deputies.name, name="name_deputy"),
    path("deputies/<str:deputy>/end/", deputies.end, name="end_deputy"),
    path("left/", leaving.leavers, name="leavers"),
    path("left/<str:person>/", leaving.settled, name="settled"),
    path("left/<str:person>/records/", records.of_leaver, name="records_of"),
    path("meanwhile/", coming_back.meanwhile, name="meanwhile"),
    path("records/", records.mine, name="records"),
    path("roles/<str:membership>/end/", roles.end, name="end_role"),
    path("moves/<str:move>/cancel/", moving.cancel, name="cancel_move"),
    path("<str:person>/move/", moving.move, name="move"),
    path("<str:person>/move/plan/", moving.plan, name="plan_move"),
    path("<str:person>/last-day/", leaving.plan, name="plan_leaving"),
    path("<str:person>/stay/", leaving.stay, name="stay"),
]
