"""The connection to a language model: one request, one answer, through the interface that OpenAI introduced.

Many servers offer it, also on one's own machine. A key is read from the environment, and never sent without
encryption to another machine.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...errors import AccessError, EndpointError, TimeLimitError, TooLargeError
from ...graph.endpoint.refusals import excerpt, is_page
from ...graph.endpoint.transport import EndpointRequest, RequestLimits, Transport
from ...words import Message, message

if TYPE_CHECKING:
    from ...graph.endpoint.transport import EndpointReply

KEY = "EGOVKG_MODEL_KEY"  # variable of the environment
LIMITS = RequestLimits(seconds=120, attempts=2, patience=10, largest=1 << 20)
_CHAT = "/chat/completions"
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_NETRC = {"NETRC": os.devnull}  # the key is the only secret that is sent


class ModelError(EndpointError):
    """An answer without a text: a page, an error, a refusal, or another form of data.

    :param ends: whether another request would fare no better
    """

    def __init__(self, url: str, reason: Message, *, ends: bool = False) -> None:
        super().__init__(url, reason)
        self.ends = ends


class ModelConnection:
    """Asks one model.

    :param url: address of the interface, such as `http://localhost:11434/v1`
    :param name: name of the model; empty for the first that the server lists
    :param environment: where the key is read; by default the environment of the process
    :raises EndpointError: if the address is no web address, or the key must not be sent there
    """

    def __init__(
        self,
        url: str,
        name: str = "",
        *,
        limits: RequestLimits | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._transport = Transport(url, limits or LIMITS, environment=_NO_NETRC)
        self.url = self._transport.url.rstrip("/").removesuffix(_CHAT)
        key = (os.environ if environment is None else environment).get(KEY, "")
        parts = urlsplit(self.url)
        if key and parts.scheme != "https" and parts.hostname not in _LOCAL_HOSTS:
            reason, remedy = (message(__package__, name) for name in ("key-in-the-open", "use-https"))
            raise AccessError(self.url, reason, remedy)
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.name = name or self._first_model()

    def ask(self, instructions: str, request: str) -> str:
        """Return the answer of the model to a request.

        :raises EndpointError: if there is none; :class:`ModelError` for an answer that cannot be used
        """
        turns = [{"role": "system", "content": instructions}, {"role": "user", "content": request}]
        content = {"model": self.name, "messages": turns, "temperature": 0, "stream": False}
        return self._text(self._send("POST", _CHAT, json.dumps(content).encode()))

    def _first_model(self) -> str:
        listed = self._send("GET", "/models", None)
        match listed:
            case {"data": [{"id": str(name)}, *_]}:
                return name
        raise ModelError(self.url, message(__package__, "no-models"), ends=True)

    def _send(self, method: str, path: str, body: bytes | None) -> Mapping[str, object]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", **self._headers}
        reply = self._reply(EndpointRequest(method, self.url + path, headers, body))
        if not 200 <= reply.status < 300:
            raise self._refusal(reply)
        if is_page(reply.kind, reply.body):
            raise ModelError(self.url, message(__package__, "page"), ends=True)
        try:
            content = json.loads(reply.body)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, Mapping):
            raise ModelError(
                self.url, message(__package__, "no-interface", text=excerpt(reply.body)), ends=True
            )
        return content

    def _reply(self, request: EndpointRequest) -> EndpointReply:
        try:
            return self._transport.exchange(request)
        except TimeLimitError as error:
            seconds = self._transport.limits.seconds
            raise ModelError(self.url, message(__package__, "slow", seconds=seconds)) from error
        except TooLargeError as error:
            raise ModelError(self.url, message(__package__, "large")) from error

    def _refusal(self, reply: EndpointReply) -> EndpointError:
        """Build the error of a status: the key, the address, or what the server says."""
        if reply.status in {401, 403}:
            reason, remedy = (message(__package__, name) for name in ("no-access", "set-key"))
            return AccessError(self.url, reason, remedy)
        text = "" if is_page(reply.kind, reply.body) else excerpt(reply.body)
        return ModelError(self.url, message(__package__, "status", status=reply.status, text=text), ends=True)

    def _text(self, content: Mapping[str, object]) -> str:
        """Take the text out of an answer."""
        match content:
            case {"choices": [{"message": {"refusal": str(text)}}, *_]} if text:
                raise ModelError(self.url, message(__package__, "refused", text=text[:100]))
            case {"choices": [{"finish_reason": "content_filter"}, *_]}:
                raise ModelError(self.url, message(__package__, "refused", text="content_filter"))
            case {"choices": [{"finish_reason": "length"}, *_]}:
                raise ModelError(self.url, message(__package__, "cut"))
            case {"choices": [{"message": {"content": str(text)}}, *_]}:
                return text
        raise ModelError(self.url, message(__package__, "no-text"))
