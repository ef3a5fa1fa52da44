"""A client of Tandem __VERSION__, made from its OpenAPI document. It needs Python 3.11 and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

# TYPES

class TandemError(Exception):
    """A request that failed: `code` says how, `retryable` whether sending it again may help."""

    def __init__(self, status: int, body: Any, retry_after: str | None) -> None:
        error = body.get("error", {}) if isinstance(body, dict) else {}
        super().__init__(error.get("message") or f"HTTP status {status}")
        self.status = status
        self.body = body
        self.code = error.get("code")
        self.retryable = error.get("retryable", False)
        self.retry_after = None if retry_after is None else float(retry_after)


class Client:
    """Every operation of the API as a method. Streams are iterators; leaving one early closes its connection."""

    def __init__(self, base_url: str, token: str | None = None, timeout: float = 300) -> None:
        self.base_url = base_url.rstrip("/")
        self.token = token
        self.timeout = timeout

    def _call(self, method: str, path: str, parts: dict[str, Any], query: dict[str, Any], headers: dict[str, Any], body: Any) -> Any:
        for name, value in parts.items():
            path = path.replace("{" + name + "}", quote(str(value), safe=""))
        fields = {name: _text(value) for name, value in query.items() if value is not None}
        address = self.base_url + path + ("?" + urlencode(fields) if fields else "")
        data = None if body is None else json.dumps(body).encode()
        request = Request(address, data=data, method=method)
        for name, value in headers.items():
            if value is not None:
                request.add_header(name, str(value))
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if self.token is not None:
            request.add_header("Authorization", "Bearer " + self.token)
        try:
            answer = urlopen(request, timeout=self.timeout)
        except HTTPError as error:
            with error:
                raise TandemError(error.code, _body(error), error.headers.get("Retry-After")) from None
        if answer.headers.get_content_type() == "text/event-stream":
            return _events(answer)
        with answer:
            return _body(answer)

    # METHODS


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _body(answer: Any) -> Any:
    text = answer.read().decode()
    return json.loads(text) if answer.headers.get_content_type() == "application/json" else text or None


def _events(answer: Any) -> Iterator[Any]:
    with answer:
        data: list[str] = []
        for line in answer:
            line = line.decode().rstrip("\r\n")
            if line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))
            elif line == "" and data:
                text = "\n".join(data)
                data = []
                if text == "[DONE]":
                    return
                yield json.loads(text)
