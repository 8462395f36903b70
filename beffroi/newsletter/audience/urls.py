"""`/lettre/`: sign up, confirm, leave."""

from django.urls import path

from . import views

app_name = "audience"
urlpatterns = [
    path("inscription/", views.sign_up, name="sign_up"),
    path("inscription/merci/", views.sign_up_received, name="sign_up_received"),
    path("confirmation/<str:token>/", views.confirm, name="confirm"),
    path("desinscription/<str:token>/", views.leave, name="leave"),
]
