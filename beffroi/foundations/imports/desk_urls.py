from django.urls import path

from . import export_desk
from .views import queue, runs

app_name = "imports_desk"

urlpatterns = [
    path("reprises/", runs.runs, name="runs"),
    path("reprises/<uuid:uid>/", runs.run, name="run"),
    path("reprises/<uuid:uid>/ecrire/", runs.agree, name="agree"),
    path("reprises/<uuid:uid>/abandonner/", runs.cancel, name="cancel"),
    path("reprises/<uuid:uid>/relire/", runs.take_up, name="take_up"),
    path("reprises/<uuid:uid>/refus/", runs.refusals, name="refusals"),
    path("lignes-a-corriger/", queue.queue, name="queue"),
    path("lignes-a-corriger/rejouer/", queue.replay_selected, name="replay"),
    path("lignes-a-corriger/<int:pk>/", queue.row, name="row"),
    path("lignes-a-corriger/<int:pk>/abandonner/", queue.abandon, name="abandon"),
    path("exporter/", export_desk.exports, name="exports"),
    path("exporter/fichier/", export_desk.download, name="download"),
    path("exporter/modele/<slug:name>/", export_desk.template, name="template"),
]
