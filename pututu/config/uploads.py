"""How do uploaded pictures reach a reader?"""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

PICTURES = ("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp")


def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture from the media folder. Documents have an address of their own, which checks who may read them."""
    if not path.startswith(("images/", "original_images/")):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    if response.get("Content-Type") not in PICTURES and isinstance(response, FileResponse):
        response["Content-Disposition"] = "attachment"
    return response
