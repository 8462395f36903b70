"""Under `/bureau/points-d-avancement/`."""

from __future__ import annotations

from django.urls import path

from . import lists, preparations, snapshots

app_name = "progress_desk"
urlpatterns = [
    path("", lists.index, name="index"),
    path("preparer/", preparations.new, name="prepare"),
    path("preparation/<int:pk>/", preparations.detail, name="preparation"),
    path("preparation/<int:pk>/modifier/", preparations.amend, name="amend"),
    path("preparation/<int:pk>/relire/", preparations.review, name="review"),
    path("preparation/<int:pk>/renvoyer/", preparations.send_back, name="send_back"),
    path("preparation/<int:pk>/figer/", preparations.freeze, name="freeze"),
    path("preparation/<int:pk>/abandonner/", preparations.give_up, name="give_up"),
    path("preparation/<int:pk>/reprendre/", preparations.resume, name="resume"),
    path("fige/<slug:reference>/", snapshots.detail, name="snapshot"),
    path("fige/<slug:reference>/publier/", snapshots.publish, name="publish"),
]
