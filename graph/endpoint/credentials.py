"""User and password of an endpoint, and the two schemes that ask for them.

They come from the address, from EGOVKG_ENDPOINT_USER and EGOVKG_ENDPOINT_PASSWORD, or from a netrc entry
of the host, in this order. They go to the host they were given for, and into no message.
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
Pair: TypeAlias = "tuple[str, str]"  # user, password
_FIELD = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def without_credentials(url: str) -> str:
    """Return an address without credentials and fragment.

    :raises EndpointError: if it is no web address

    >>> without_credentials("https://ai:khoa@example.org/sparql#x")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or _CONTROL.search(url):
        shown = _CONTROL.sub("?", url.rpartition("@")[2])[:100]
        raise EndpointError(shown, "no web address — write it whole: https://host/sparql")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    place = f"{host}:{port}" if port is not None else host
    return urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))


@dataclass(frozen=True)
class Credentials:
    """What is known of one host; its text shows neither user nor password.

    :param host: the host and port they are for
    """

    host: str
    known: Pair | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str, environment: Mapping[str, str] | None = None) -> Credentials:
        """Find them.

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

    def pair(self, url: str) -> Pair | None:
        """Give user and password for an address of the host; ``None`` for another's."""
        same = _origin(url) == self.host
        upgraded = urlsplit(url).scheme == "https" and urlsplit(url).hostname == urlsplit(self.host).hostname
        return self.known if same or upgraded else None

    def basic(self, url: str) -> dict[str, str]:
        """Give the header of the basic scheme; empty where there are no credentials."""
        pair = self.pair(url)
        if pair is None:
            return {}
        return {"Authorization": "Basic " + b64encode(":".join(pair).encode()).decode("ascii")}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _from_netrc(host: str, environment: Mapping[str, str], url: str) -> Pair | None:
    """Read the entry of a host; a `default` entry is for no endpoint."""
    file = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    if not file.is_file():
        return None
    try:
        entry = netrc(str(file)).hosts.get(host)
    except (OSError, NetrcParseError, UnicodeDecodeError) as error:
        reason = error.msg if isinstance(error, NetrcParseError) else str(error)
        said = message(__package__, "netrc_unreadable", reason=reason)
        raise AccessError(url, said, message(__package__, "mend_netrc")) from error
    return (entry[0], entry[2] or "") if entry else None


def digest(challenge: str, method: str, url: str, user: str, password: str, *, count: int = 1) -> str:
    """Answer a challenge of the digest scheme.

    :param count: how often this challenge is answered, this time included
    :raises AccessError: if it asks for an algorithm other than MD5 and SHA-256
    Source: RFC 7616, section 3.4, with `qop=auth` or none.
    """
    asked = {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _FIELD.finditer(challenge)}
    name = asked.get("algorithm", "MD5").upper()
    hashes = {"MD5": md5, "SHA-256": sha256}
    if name not in hashes:
        raise AccessError(without_credentials(url), message(__package__, "digest_algorithm", algorithm=name))

    def hashed(*parts: str) -> str:
        return hashes[name](":".join(parts).encode()).hexdigest()

    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
    first, second = hashed(user, realm, password), hashed(method, path)
    shown = [
        f'username="{user}"',
        f'realm="{realm}"',
        f'nonce="{nonce}"',
        f'uri="{path}"',
        f"algorithm={name}",
    ]
    if "auth" in asked.get("qop", "").replace(" ", "").split(","):
        times, own = f"{count:08x}", secrets.token_hex(8)
        response = hashed(first, nonce, times, own, "auth", second)
        shown += ["qop=auth", f"nc={times}", f'cnonce="{own}"']
    else:
        response = hashed(first, nonce, second)
    if "opaque" in asked:
        shown.append(f'opaque="{asked["opaque"]}"')
    return "Digest " + ", ".join([*shown, f'response="{response}"'])
