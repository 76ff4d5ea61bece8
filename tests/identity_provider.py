"""A small identity provider (OpenID Connect) on this machine: discovery, sign-in page, tokens, keys.

Who comes in is chosen on its page by a link. ``spoil`` makes its next tokens wrong in one way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "call-coach", "a secret between the two"
SPOILS = ("signature", "nonce", "audience", "issuer", "expired", "unsigned", "no token")


@dataclass
class Provider:
    """The provider's state; ``people`` are the claims of each by the name of his link."""

    people: dict[str, dict[str, Any]]
    base: str = ""
    spoil: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    other_key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))

    def discovery(self) -> dict[str, Any]:
        """What the provider says of itself."""
        return {
            "issuer": self.base,
            "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token",
            "jwks_uri": f"{self.base}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def choice(self, asked: dict[str, str]) -> str:
        """The page on which somebody says who he is."""
        links = "".join(f'<p><a href="/as/{quote(n)}?{urlencode(asked)}">{n}</a></p>' for n in self.people)
        return f"<!doctype html><title>Company</title><h1>Company</h1>{links}"

    def code(self, name: str, asked: dict[str, str]) -> str:
        """A code for who has just said who he is."""
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "name": name}
        return code

    def tokens(self, code: str, verifier: str) -> dict[str, Any]:
        """The tokens of a code, once; ``KeyError`` for an unknown one."""
        asked = self.codes.pop(code)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        assert challenge == asked["code_challenge"]
        if self.spoil == "no token":
            return {"access_token": "x", "token_type": "Bearer"}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(asked)}

    def _id_token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://evil.invalid" if self.spoil == "issuer" else self.base,
            "aud": "somebody else" if self.spoil == "audience" else CLIENT,
            "nonce": "another" if self.spoil == "nonce" else asked["nonce"],
            "iat": now - 7200 if self.spoil == "expired" else now,
            "exp": now - 3600 if self.spoil == "expired" else now + 300,
            **self.people[asked["name"]],
        }
        if self.spoil == "unsigned":
            return ".".join((_part({"alg": "none"}), _part(claims), ""))
        key = self.other_key if self.spoil == "signature" else self.key
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, key)


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@contextmanager
def running(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """The provider, answering."""
    provider = Provider(people)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            match address.path:
                case "/.well-known/openid-configuration":
                    self._json(provider.discovery())
                case "/keys":
                    self._json({"keys": [provider.key.as_dict(private=False)]})
                case "/authorize":
                    self._answer(200, provider.choice(asked).encode(), "text/html")
                case path if path.startswith("/as/"):
                    code = provider.code(path.removeprefix("/as/"), asked)
                    back = urlencode({"code": code, "state": asked["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                    self.end_headers()
                case _:
                    self._answer(404, b"", "text/plain")

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            basic = base64.b64encode(f"{quote(CLIENT)}:{quote(SECRET)}".encode()).decode()
            plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
            if self.headers.get("Authorization") not in (f"Basic {basic}", f"Basic {plain}"):
                self._answer(401, b"", "text/plain")
                return
            self._json(provider.tokens(form["code"][0], form["code_verifier"][0]))

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

        def _json(self, value: dict[str, Any]) -> None:
            self._answer(200, json.dumps(value).encode(), "application/json")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()


def secrets_file(provider: Provider, base: str) -> str:
    """What ``secrets.toml`` says, for a page at ``base``."""
    return (
        f'[auth]\nredirect_uri = "{base}/oauth2callback"\ncookie_secret = "{secrets.token_hex(32)}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{provider.base}/.well-known/openid-configuration"\n'
    )
