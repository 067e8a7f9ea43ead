"""Under which addresses of the staff screens do the lists of pages stand?"""

from django.urls import path, re_path

from pututu.pages import views

app_name = "pages"
urlpatterns = [
    path("translations/", views.translation_board, name="translation-board"),
    re_path(
        r"^translations/(?P<page_id>\d+)/(?P<act>current|decline|resume)/$",
        views.translation_act,
        name="translation-act",
    ),
    path("reports/drafts/", views.DraftsReportView.as_view(), name="drafts-report"),
    path(
        "reports/drafts/results/",
        views.DraftsReportView.as_view(results_only=True),
        name="drafts-report-results",
    ),
    path("reports/undated/", views.UndatedReportView.as_view(), name="undated-report"),
    path(
        "reports/undated/results/",
        views.UndatedReportView.as_view(results_only=True),
        name="undated-report-results",
    ),
    path("reports/unexplained/", views.UnexplainedReportView.as_view(), name="unexplained-report"),
    path(
        "reports/unexplained/results/",
        views.UnexplainedReportView.as_view(results_only=True),
        name="unexplained-report-results",
    ),
]
