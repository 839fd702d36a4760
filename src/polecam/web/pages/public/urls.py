"""Addresses for clients and friends: no login, no script."""

from django.urls import path

from polecam.web.pages.public import instead, own, take, views

app_name = "public"
urlpatterns = [
    path("z/<str:token>/", views.invitation, name="invitation"),
    path("z/<str:token>/no/", views.decline, name="decline"),
    path("z/<str:token>/sent/", views.sent, name="sent"),
    path("z/<str:token>/thanks/", views.declined, name="declined"),
    path("c/<str:token>/", own.confirm, name="confirm"),
    path("f/<str:token>/", own.friend, name="friend"),
    path("f/<str:token>/withdraw/", own.withdraw, name="withdraw"),
    path("f/<str:token>/not-told/", own.not_told, name="not_told"),
    path("f/<str:token>/object/", own.objection, name="object"),
    path("f/<str:token>/erase/", own.erase, name="erase"),
    path("f/<str:token>/talked/", own.talked, name="talked"),
    path("f/<str:token>/instead/", instead.instead, name="instead"),
    path("k/<str:token>/", take.take, name="take"),
    path("k/<str:token>/never/", take.never_ask, name="never_ask"),
    path("left-alone/", take.left_alone, name="left_alone"),
    path("terms/", views.terms, name="terms"),
]
