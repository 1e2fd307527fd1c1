"""The page of the demonstration where one chooses who to be."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wijkcontract.demo import login as demo_login
from wijkcontract.web.http import ActorRequest, page, safe_next


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: ActorRequest) -> HttpResponse:
    if request.method == "POST":
        demo_login.enter(request, request.POST.get("persoon", ""), request.POST.get("organisatie", ""))
        return redirect(safe_next(request, request.POST.get("volgende", "")))
    form = demo_login.SearchForm(request.GET)
    found = demo_login.accounts(**_asked(form))
    context = {
        "form": form,
        "groups": found,
        "next": request.GET.get("volgende", ""),
        "asked": request.GET.get("q", ""),
    }
    return page(request, "demo/login.html", context)


def _asked(form: demo_login.SearchForm) -> dict[str, str]:
    if not form.is_valid():
        return {}
    return {"search": form.cleaned_data["q"], "role": form.cleaned_data["rol"]}
