from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [
    path("boite/", views.mailbox, name="mailbox"),
    path("boite/<str:key>/", views.message, name="message"),
    path("boite/<str:key>/html/", views.message_html, name="message_html"),
]
