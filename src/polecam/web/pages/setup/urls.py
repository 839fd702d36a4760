"""Addresses of people, roles and settings."""

from django.urls import path

from polecam.web.pages.setup import firm, notice, people, settings
from polecam.web.pages.staff import leaving, roles

app_name = "setup"
urlpatterns = [
    path("", people.overview, name="setup"),
    path("invite/", people.invite, name="invite"),
    path("invited/<str:public_id>/", people.invited, name="invited"),
    path("people/<str:public_id>/", roles.person, name="person"),
    path("people/<str:public_id>/role/", roles.give, name="role"),
    path("people/<str:public_id>/leave/", leaving.leave, name="leave"),
    path("firm/", firm.firm, name="firm"),
    path("settings/", settings.overview, name="settings"),
    path("settings/<str:key>/", settings.setting, name="setting"),
    path("settings/<str:key>/back/<int:row>/", settings.back, name="setting_back"),
    path("notice/", notice.announce, name="notice"),
    path("notice/read/", notice.read, name="read_notice"),
]
