from django.urls import path

from . import export_desk

app_name = "imports_desk"

urlpatterns = [
    path("", export_desk.exports, name="exports"),
    path("fichier/", export_desk.download, name="download"),
    path("modele/<slug:name>/", export_desk.template, name="template"),
]
