"""Addresses of asking and recording: from one tap to a receipt."""

from django.urls import path

from polecam.web.pages.capture import doors, receipts, sheets, showing, warmth

app_name = "capture"
urlpatterns = [
    path("", doors.new, name="new"),
    path("client/<str:client>/", doors.client, name="client"),
    path("client/<str:client>/asked/", sheets.asked, name="asked"),
    path("client/<str:client>/unasked/", sheets.unasked, name="unasked"),
    path("client/<str:client>/qr/", showing.qr, name="qr"),
    path("client/<str:client>/walk-in/", showing.walk_in, name="walk_in"),
    path("show/<str:invitation>/", showing.show, name="show"),
    path("invitation/<str:invitation>/words/", receipts.reword, name="reword"),
    path("referral/<str:referral>/", receipts.referral, name="receipt"),
    path("referral/<str:referral>/undo/", receipts.undo_referral, name="undo_referral"),
    path("referral/<str:referral>/warmth/", warmth.note, name="warmth"),
    path("<str:ask>/", sheets.sheet, name="sheet"),
    path("<str:ask>/done/", receipts.answered, name="done"),
    path("<str:ask>/undo/", receipts.undo_ask, name="undo"),
]
