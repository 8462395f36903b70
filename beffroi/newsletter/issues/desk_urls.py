from django.urls import path

from . import approval_desk

app_name = "issues_desk"

urlpatterns = [
    path("", approval_desk.approvals, name="approvals"),
    path("<int:number>/", approval_desk.approval, name="approval"),
    path("<int:number>/approuver/", approval_desk.approve, name="approve"),
    path("<int:number>/retirer/", approval_desk.withdraw, name="withdraw"),
    path("<int:number>/envoyer/", approval_desk.deliver, name="deliver"),
    path("<int:number>/courriel/<str:part>/", approval_desk.mail, name="mail"),
]
