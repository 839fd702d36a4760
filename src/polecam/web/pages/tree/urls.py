"""Addresses of regions, branches and teams, and what each of them set for itself."""

from django.urls import path

from polecam.web.pages.tree import changing, places, region, settings

app_name = "tree"
urlpatterns = [
    path("", places.tree, name="tree"),
    path("open/", changing.open_top, name="open_top"),
    path("region/", region.region, name="region"),
    path("<str:place>/", places.place, name="place"),
    path("<str:place>/open/", changing.open_below, name="open"),
    path("<str:place>/rename/", changing.rename, name="rename"),
    path("<str:place>/move/", changing.move, name="move"),
    path("<str:place>/stay/", changing.stay, name="stay"),
    path("<str:place>/close/", changing.close, name="close"),
    path("<str:place>/keep/", changing.keep, name="keep"),
    path("<str:place>/settings/", settings.overview, name="settings"),
    path("<str:place>/settings/<str:key>/", settings.setting, name="setting"),
    path("<str:place>/settings/<str:key>/back/<int:row>/", settings.back, name="back"),
]
