"""Under which addresses do people see to what they agreed to, and staff to their records?"""

from django.urls import path, re_path

from pututu.people.views import agreements, lists, merging, public, records, retention, rights, segments

localized_urlpatterns = [
    path("agree/<str:token>/", public.confirm_view, name="consent-confirm"),
    path("preferences/<str:token>/", public.preferences_view, name="preferences"),
]

app_name = "people"
urlpatterns = [
    path("", records.list_view, name="list"),
    path("add/", records.add_view, name="add"),
    path("log/", records.log_view, name="log"),
    path("lists/", lists.upload_view, name="lists"),
    path("lists/<int:pk>/", lists.run_view, name="list-run"),
    path("lists/<int:pk>/columns/", lists.columns_view, name="list-columns"),
    path("lists/<int:pk>/go-on/", lists.go_on_view, name="list-go-on"),
    path("duplicates/", merging.duplicates_view, name="duplicates"),
    path("merge/", merging.merge_view, name="merge"),
    path("merges/<int:pk>/separate/", merging.separate_view, name="separate"),
    path("out/", lists.export_view, name="export"),
    path("segments/", segments.list_view, name="segments"),
    path("segments/save/", segments.save_view, name="segment-save"),
    path("segments/<int:pk>/rename/", segments.rename_view, name="segment-rename"),
    path("segments/<int:pk>/remove/", segments.remove_view, name="segment-remove"),
    path("retention/", retention.retention_view, name="retention"),
    path("retention/<slug:slug>/", retention.rule_view, name="retention-rule"),
    path("retention/<slug:slug>/length/", retention.length_view, name="retention-length"),
    path("retention/<slug:slug>/apply/", retention.apply_view, name="retention-apply"),
    path("<uuid:uid>/", records.person_view, name="person"),
    path("<uuid:uid>/disclosure/", rights.disclose_view, name="disclose"),
    path("<uuid:uid>/erase/", rights.erase_view, name="erase"),
    path("<uuid:uid>/edit/", records.edit_view, name="edit"),
    path("<uuid:uid>/agreement/", agreements.agreement_view, name="agreement"),
    path("<uuid:uid>/addresses/add/", agreements.add_address_view, name="add-address"),
    path("<uuid:uid>/addresses/<int:pk>/state/", agreements.state_view, name="address-state"),
    path("<uuid:uid>/addresses/<int:pk>/reopen/", agreements.reopen_view, name="reopen-address"),
    path("<uuid:uid>/addresses/<int:pk>/take/", agreements.take_address_view, name="take-address"),
    re_path(r"^(?P<uid>[0-9a-f-]{36})/consent\.(?P<form>txt|json)$", agreements.receipt_view, name="receipt"),
]
