"""The one place where an error becomes an answer: a page for people, one JSON shape for programs."""

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.deps import drawer_of, locale_of
from app.errors import AppError, BadRequest, NotHeld
from app.headers import HEADERS
from app.labels import N_
from app.pages import ErrorPage

_log = logging.getLogger("panli.errors")
_NOT_FOUND = N_("There is no page at this address.")
_INTERNAL = N_("Something went wrong on our side; it was logged. Please try again.")
_METHOD = N_("This address does not take that method.")


def add_error_handlers(application: FastAPI) -> None:
    """Register the handlers."""
    application.add_exception_handler(AppError, _app_error)
    application.add_exception_handler(HTTPException, _http_error)
    application.add_exception_handler(RequestValidationError, _bad_parameters)
    application.add_exception_handler(Exception, _internal)


def _app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return _answer(request, error)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _answer(request, NotHeld(_NOT_FOUND))
    refused = AppError(_METHOD if error.status_code == 405 else str(error.detail))
    refused.status, refused.code = error.status_code, f"http_{error.status_code}"
    return _answer(request, refused)


def _bad_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = str(first["loc"][-1])
    return _answer(request, BadRequest("The parameter %(name)s is missing or wrong.", {"parameter": name}, name=name))


def _internal(request: Request, error: Exception) -> Response:
    _log.error("unexpected error", exc_info=error)
    response = _answer(request, AppError(_INTERNAL))
    response.headers.update(HEADERS)  # this one passes by the middleware that sets them
    return response


def _answer(request: Request, error: AppError) -> Response:
    locale = locale_of(request)
    message = locale.gettext(error.message, **error.values)
    if request.url.path.startswith("/api/") or "application/json" in request.headers.get("accept", ""):
        body = {"error": {"code": error.code, "message": message, "detail": error.detail}}
        return JSONResponse(body, error.status, headers={"Content-Language": locale.code})
    reason = error.detail.get("reason")
    text = (reason.get(locale.code[:2]) or reason.get("en") or "") if isinstance(reason, dict) else ""
    return drawer_of(request).page("error.html", ErrorPage(error.status, error.code, message, text), error.status)
