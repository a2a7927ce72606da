"""What a program that uses the API would do by itself: a new key for each change, the version that it has seen, a file
of the kind that is asked for, and never a token taken away with which others ask."""

import io
import re
import unicodedata
import uuid
import zipfile
import zlib

import requests
import schemathesis
from hypothesis import strategies as st

KEY = re.compile(r"[!-~]{1,128}")
VERSION = re.compile(r'"[0-9]{1,18}(-[0-9a-f]{16})?"')
# A token that nobody has.
NO_TOKEN = 999999
TOKEN_IN = {"/api/v1/own/tokens/{id}": "id", "/api/v1/people/{id}/tokens/{token}": "token"}


def archive(files):
    """A ZIP with some files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return packed.getvalue()


ZIPS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04 and nothing more",
        archive({}),
        archive({"rulebook.toml": "semantics = 1\n"}),
        archive({"rulebook.toml": "semantics = ", "../x.toml": "1"}),
    ]
)
FIRMS = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"PAR1",
            "统一社会信用代码,企业名称\n91370202MA0000000Y,示例企业\n".encode(),
            "统一社会信用代码,企业名称\n1,示例企业\n".encode("gb18030"),
            b'[{"uscc": "91370202MA0000000Y", "facts": {"revenue": {"2025": "1"}}}]',
            b'{"facts": ',
        ]
    ),
)
schemathesis.openapi.media_type("application/zip", ZIPS)
schemathesis.openapi.media_type("application/octet-stream", FIRMS)


def thing(url):
    """The address at which the thing that is changed can be read."""
    return re.sub(r"(/[0-9]+)/[a-z-]+$", r"\1", url)


class Known:
    """What there is in this installation, as a program would find it in lists. Asked for once."""

    def __init__(self):
        self.values = {}

    def some(self, case, path, field):
        if path not in self.values:
            sent = case.as_transport_kwargs()
            place = re.match(r"https?://[^/]+", sent["url"]).group(0)
            token = {"Authorization": (sent.get("headers") or {}).get("Authorization", "")}
            found = requests.get(f"{place}/api/v1/{path}?per_page=50", headers=token, timeout=20)
            rows = found.json().get("rows", []) if found.ok else []
            self.values[path] = [row[field] for row in rows]
        values = self.values[path]
        # The same case gets the same value at every run.
        return values[zlib.crc32(repr(case.body).encode()) % len(values)] if values else None


KNOWN = Known()
PARTS = {"code": ("enterprises", "code"), "programme": ("programmes", "id"), "address": ("numbers", "address")}


def with_what_there_is(case):
    """Puts what there is in the place of what was thought up, in every second request."""
    if case.meta is None or case.meta.generation.mode != schemathesis.GenerationMode.POSITIVE:
        return
    if zlib.crc32(repr((case.path_parameters, case.query, case.body)).encode()) % 2:
        return
    for part, (path, field) in PARTS.items():
        if case.path_parameters and part in case.path_parameters:
            there = KNOWN.some(case, path, field)
            if there:
                case.path_parameters[part] = there
    body, path = case.body, case.operation.path
    if not isinstance(body, dict):
        return
    if path in ("/api/v1/people", "/api/v1/decisions"):
        # The bureau at the top.
        body["organisation"] = 1
    if path == "/api/v1/decisions":
        body["programme"] = KNOWN.some(case, "programmes", "id") or body["programme"]
    if path.startswith("/api/v1/simulation"):
        for setting in body["settings"][:1]:
            setting["address"] = KNOWN.some(case, "numbers", "address") or setting["address"]
            setting["value"] = "1"


@schemathesis.hook
def map_query(context, query):
    """Characters that nobody sees are refused in addresses, which no schema can say. A text stays as long as it is."""
    seen = lambda text: "".join("_" if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)
    return {name: seen(one) if isinstance(one, str) else one for name, one in (query or {}).items()}


@schemathesis.hook
def before_call(context, case, kwargs):
    with_what_there_is(case)
    token = TOKEN_IN.get(case.operation.path)
    if case.method == "DELETE" and token and case.path_parameters:
        if str(case.path_parameters.get(token, "")).isdigit():
            case.path_parameters[token] = NO_TOKEN
    headers = case.headers
    if headers is None:
        return
    # Wrong keys and versions are sent as they are: they have to be refused.
    if KEY.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if VERSION.fullmatch(str(headers.get("If-Match", ""))):
        sent = case.as_transport_kwargs()
        token = {"Authorization": (sent.get("headers") or {}).get("Authorization", "")}
        seen = requests.get(thing(sent["url"]), headers=token, timeout=20)
        if seen.ok and "ETag" in seen.headers:
            headers["If-Match"] = seen.headers["ETag"]
