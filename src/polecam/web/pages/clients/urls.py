"""Addresses of clients: the list, one client, what is done for them."""

from django.urls import path

from polecam.web.pages.clients import acts, cards, desk, views

app_name = "clients"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", acts.new, name="new"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/data/", acts.change, name="change"),
    path("<str:ref>/rest/", acts.rest, name="rest"),
    path("<str:ref>/rest/over/", acts.rest_over, name="rest_over"),
    path("<str:ref>/never/", acts.never, name="never"),
    path("<str:ref>/never/undo/", acts.undo_never, name="undo_never"),
    path("<str:ref>/again/", acts.again, name="again"),
    path("<str:ref>/wrong/", acts.wrong, name="wrong"),
    path("<str:ref>/moment/<str:moment>/over/", acts.close_moment, name="close_moment"),
    path("<str:ref>/card/", cards.card, name="card"),
    path("<str:ref>/card/open/", cards.card_open, name="card_open"),
    path("<str:ref>/card/renew/", cards.card_renew, name="card_renew"),
    path("<str:ref>/adviser/", desk.assign, name="assign"),
    path("<str:ref>/shared/", desk.share, name="share"),
]
