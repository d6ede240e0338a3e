"""Credentials of an endpoint, and the basic and digest schemes of HTTP authentication.

User and password are taken from the address, from EGOVKG_ENDPOINT_USER and EGOVKG_ENDPOINT_PASSWORD, or from
the netrc entry of the host, in this order. They are sent only to that host and appear in no message.
"""

from __future__ import annotations

import os
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import md5, sha256
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit, urlunsplit

from ...errors import AccessError, EndpointError
from ...words import message

if TYPE_CHECKING:
    from collections.abc import Mapping

USER, PASSWORD = "EGOVKG_ENDPOINT_USER", "EGOVKG_ENDPOINT_PASSWORD"
UserPassword: TypeAlias = "tuple[str, str]"
_FIELD = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES = {"MD5": md5, "SHA-256": sha256}  # by name of the digest algorithm
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def without_credentials(url: str) -> str:
    """Remove credentials and fragment from an address.

    :raises EndpointError: if it is no HTTP address

    >>> without_credentials("https://ai:khoa@example.org/sparql#x")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or _CONTROL.search(url):
        readable = _CONTROL.sub("?", url.rpartition("@")[2])[:100]
        raise EndpointError(readable, message(__package__, "no_web_address"))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    authority = f"{host}:{port}" if port is not None else host
    return urlunsplit((parts.scheme, authority, parts.path or "/", parts.query, ""))


@dataclass(frozen=True)
class Credentials:
    """User and password for one host; its `repr` shows neither.

    :param host: scheme, host and port for which they are valid
    :param user_password: ``None`` if there are none
    """

    host: str
    user_password: UserPassword | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str] | None = None) -> Credentials:
        """Find the credentials for an address.

        :raises AccessError: if the netrc file cannot be read

        >>> Credentials.of("http://ai:khoa@localhost/sparql", {})
        Credentials(host='http://localhost')
        """
        environment = os.environ if environment is None else environment
        parts = urlsplit(url)
        host = _origin(without_credentials(url))
        if parts.username is not None:
            return cls(host, (unquote(parts.username), unquote(parts.password or "")))
        if user := environment.get(USER):
            return cls(host, (user, environment.get(PASSWORD, "")))
        return cls(host, _from_netrc(parts.hostname or "", environment, without_credentials(url)))

    def user_password_for(self, url: str) -> UserPassword | None:
        """Return user and password for an address on the host; ``None`` for another host."""
        is_same = _origin(url) == self.host
        is_upgraded = (
            urlsplit(url).scheme == "https" and urlsplit(url).hostname == urlsplit(self.host).hostname
        )
        return self.user_password if is_same or is_upgraded else None

    def basic(self, url: str) -> dict[str, str]:
        """Return the header of the basic scheme; empty without credentials."""
        user_password = self.user_password_for(url)
        if user_password is None:
            return {}
        return {"Authorization": "Basic " + b64encode(":".join(user_password).encode()).decode("ascii")}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _from_netrc(host: str, environment: Mapping[str, str], url: str) -> UserPassword | None:
    """Read the netrc entry of a host; a `default` entry is never used."""
    file = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    if not file.is_file():
        return None
    try:
        entry = netrc(str(file)).hosts.get(host)
    except (OSError, NetrcParseError, UnicodeDecodeError) as error:
        reason = error.msg if isinstance(error, NetrcParseError) else str(error)
        fault = message(__package__, "netrc_unreadable", reason=reason)
        raise AccessError(url, fault, message(__package__, "mend_netrc")) from error
    return (entry[0], entry[2] or "") if entry else None


def digest(challenge: str, request: tuple[str, str], user_password: UserPassword, *, count: int = 1) -> str:
    """Answer a challenge of the digest scheme.

    :param challenge: the header `WWW-Authenticate`
    :param request: method and address
    :param count: how many times this challenge has been answered, including this time
    :returns: the header `Authorization`
    :raises AccessError: if the challenge requires an algorithm other than MD5 and SHA-256
    Source: RFC 7616, section 3.4, with `qop=auth` or none.
    """
    fields = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _FIELD.finditer(challenge)}
    (method, url), (user, password) = request, user_password
    algorithm = fields.get("algorithm", "MD5").upper()
    if algorithm not in _HASHES:
        bare_url = without_credentials(url)
        raise AccessError(bare_url, message(__package__, "digest_algorithm", algorithm=algorithm))

    def hashed(*parts: str) -> str:
        return _HASHES[algorithm](":".join(parts).encode()).hexdigest()

    path = urlsplit(url).path or "/"
    path += f"?{urlsplit(url).query}" if urlsplit(url).query else ""
    realm, nonce = fields.get("realm", ""), fields.get("nonce", "")
    key, target = hashed(user, realm, password), hashed(method, path)
    answer = [f'username="{user}"', f'realm="{realm}"', f'nonce="{nonce}"', f'uri="{path}"']
    answer.append(f"algorithm={algorithm}")
    if "auth" in fields.get("qop", "").replace(" ", "").split(","):
        nonce_count, client_nonce = f"{count:08x}", secrets.token_hex(8)
        response = hashed(key, nonce, nonce_count, client_nonce, "auth", target)
        answer += ["qop=auth", f"nc={nonce_count}", f'cnonce="{client_nonce}"']
    else:
        response = hashed(key, nonce, target)
    if "opaque" in fields:
        answer.append(f'opaque="{fields["opaque"]}"')
    return "Digest " + ", ".join([*answer, f'response="{response}"'])
