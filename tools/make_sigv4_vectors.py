#!/usr/bin/python3
"""Makes fixtures/sigv4/botocore.jsonl: requests signed by botocore, an independent signer.

    tools/make_sigv4_vectors.py           write the file
    tools/make_sigv4_vectors.py --check   fail when the file is not what would be written

Needs Debian's python3-botocore. The same seed gives the same file. The first line holds the
credentials (invented ones) and the scopes; each further line is one signed request:

    [kind, credentials, scope, time, method, path, query, headers, [body, times], expires,
     signed headers, signature]

with kind one of header, s3, s3-unsigned, unsigned, query, s3-query; credentials and scope as
indexes into the first line's lists; time in seconds since 1970; path and query as on the wire; the
body repeated `times` times; expires 0 unless the query is signed.
"""

import argparse
import datetime
import json
import pathlib
import random
import re
import sys
from unittest import mock
from urllib.parse import urlsplit

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials

TARGET = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "sigv4" / "botocore.jsonl"
SEED = 20150830
COUNTS = {"header": 1500, "s3": 400, "s3-unsigned": 100, "unsigned": 100, "query": 500, "s3-query": 200}

TOKEN_TEXT = "IQoJb3JpZ2luX2VjEFAKE+/TOKEN==" * 4
CREDENTIALS = [
    ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""),
    ("ASIAFAKEFAKEFAKEFAKE", "fake/secret+fake/secret+fake/secret+fake", TOKEN_TEXT),
    ("AKIAFAKE0000", "short", "T"),
    ("AKIAFAKE1111", "longer-than-a-hash-block-" * 4, ""),
]
SCOPES = [
    ("us-east-1", "ec2"), ("eu-west-1", "elasticloadbalancing"), ("us-east-1", "iam"),
    ("ap-southeast-2", "elasticfilesystem"), ("us-gov-west-1", "sts"), ("cn-north-1", "dynamodb"),
    ("us-west-2", "ssm"), ("us-east-1", "service"), ("us-east-1", "s3"), ("eu-central-1", "s3"),
]
S3_SCOPES = [i for i, (_, service) in enumerate(SCOPES) if service == "s3"]
OTHER_SCOPES = [i for i, (_, service) in enumerate(SCOPES) if service != "s3"]

METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]
HEADER_NAMES = ["Content-Type", "X-Amz-Target", "x-amz-meta-a", "X-AMZ-META-A", "x-amz-meta-a-b", "My-Header1",
                "my-header1", "Accept", "If-Match", "Range", "A", "z", "Content-MD5", "x_under", "X-Amz-Acl"]
HEADER_VALUES = ["", "a", "  a  ", "a   b  c", "application/x-www-form-urlencoded; charset=utf-8",
                 "application/x-amz-json-1.1", '"quoted   text"', "\ttab\t", "one\n  two", "UPPER lower", "a,b", "a=b;c",
                 "Ünïcödé", "x" * 40, "0123456701234567 ", "DynamoDB_20120810.GetItem", "%20"]
SEGMENTS = ["a", "B", "example", ".", "..", "", "a b", "a%20b", "%2F", "~x", "-._~", "ሴ", "file:name", "a+b", "a=b&c",
            "(x)", "é", "%e1%88%b4", "...", ".a", "2015-02-01", "arn%3Aaws%3Aiam%3A%3A1:x", "@", "$&'*,;", "[x]", "%"]
ALPHABET = "abcXYZ019-._~ !\"$%&'()*+,/:;<=>?@[]^`{|}éሴ\U0001f600"


class Clock(datetime.datetime):
    """What botocore takes for the clock."""

    at = 0

    @classmethod
    def utcnow(cls):
        return datetime.datetime.utcfromtimestamp(cls.at)


def random_text(rng, limit):
    return "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(limit)))


def random_path(rng):
    if rng.random() < 0.3:
        return "/"
    return "/" + "/".join(rng.choice(SEGMENTS) for _ in range(rng.randrange(1, 7)))


def random_params(rng, distinct):
    if rng.random() < 0.35:
        return []
    pairs = [(random_text(rng, 7), random_text(rng, 9)) for _ in range(rng.randrange(1, 7))]
    pairs = [(key, value) for key, value in pairs if key]
    if distinct:
        return list(dict(pairs).items())
    return pairs + [rng.choice(pairs) for _ in range(rng.randrange(2)) if pairs]


def wire_encoded(rng, text, sloppy):
    """One of the many spellings of the text: what may stay raw often does, hex in either case."""
    out = []
    for char in text:
        if re.match(r"[A-Za-z0-9._~-]", char) and rng.random() < 0.95:
            out.append(char)
        elif sloppy and char in "!*'():;,/@$[]" and rng.random() < 0.5:
            out.append(char)
        else:
            digits = "%%%02X" if not sloppy or rng.random() < 0.5 else "%%%02x"
            out.append("".join(digits % byte for byte in char.encode()))
    return "".join(out)


def wire_query(rng, params):
    pieces = []
    for key, value in params:
        text = wire_encoded(rng, key, True)
        if value or rng.random() < 0.5:
            text += "=" + wire_encoded(rng, value, True)
        pieces.append(text)
    return "&".join(pieces)


def random_headers(rng, host):
    headers = [[rng.choice(HEADER_NAMES), rng.choice(HEADER_VALUES)] for _ in range(rng.randrange(5))]
    headers.insert(rng.randrange(len(headers) + 1), [rng.choice(["Host", "host", "HOST"]), host])
    return headers


def random_body(rng):
    draw = rng.random()
    if draw < 0.4:
        return ["", 1]
    if draw < 0.9:
        return [random_text(rng, 25) + rng.choice(["", "\n", "\x00\x01"]), 1]
    return ["0123456789", rng.randrange(1, 2000)]


def signer_of(kind, credentials, region, service, expires):
    if kind == "query":
        return botocore.auth.SigV4QueryAuth(credentials, service, region, expires=expires)
    if kind == "s3-query":
        return botocore.auth.S3SigV4QueryAuth(credentials, service, region, expires=expires)
    if kind.startswith("s3"):
        return botocore.auth.S3SigV4Auth(credentials, service, region)
    return botocore.auth.SigV4Auth(credentials, service, region)


def sign(kind, vector, params):
    """Has botocore sign; returns the names it signed, and the signature."""
    _, credentials_at, scope_at, time, method, path, _, headers, (body, times), expires = vector
    key, secret, token = CREDENTIALS[credentials_at]
    host = next(value for name, value in headers if name.lower() == "host")
    request = botocore.awsrequest.AWSRequest(
        method=method, url="https://" + host + path, params=params, data=(body * times).encode())
    assert urlsplit(request.url).path == path
    for name, value in headers:
        request.headers[name] = value
    request.context["payload_signing_enabled"] = kind != "unsigned"
    if kind == "s3-unsigned":
        request.context["client_config"] = botocore.config.Config(s3={"payload_signing_enabled": False})
    credentials = botocore.credentials.Credentials(key, secret, token or None)
    Clock.at = time
    signer_of(kind, credentials, *SCOPES[scope_at], expires).add_auth(request)
    if kind.endswith("query"):
        found = re.search("X-Amz-SignedHeaders=([^&]*).*X-Amz-Signature=([0-9a-f]*)", request.url)
        return found[1].replace("%3B", ";"), found[2]
    found = re.search("SignedHeaders=(.*), Signature=(.*)", request.headers["Authorization"])
    return found[1], found[2]


def make_vector(rng, kind):
    in_query = kind.endswith("query")
    scope = rng.choice(S3_SCOPES if kind.startswith("s3") else OTHER_SCOPES)
    params = random_params(rng, distinct=in_query)
    host = SCOPES[scope][1] + "." + SCOPES[scope][0] + rng.choice(["", "", ":8443"]) + ""
    headers = random_headers(rng, host)
    vector = [
        kind, rng.randrange(len(CREDENTIALS)), scope, rng.randrange(0, 4102444800), rng.choice(METHODS),
        random_path(rng), wire_query(rng, params), headers,
        # botocore moves a body into the query before it signs that.
        ["", 1] if in_query else random_body(rng),
        rng.choice([1, 60, 3600, 604800]) if in_query else 0,
    ]
    if in_query:
        # botocore drops this type from what it signs in a query.
        for header in headers:
            if header[0] == "Content-Type" and header[1].startswith("application/x-www-form"):
                header[1] = "text/plain"
    # botocore takes a query as pairs, or (when signing it) as a dictionary.
    return vector + list(sign(kind, vector, dict(params) if in_query else params))


def make_lines():
    rng = random.Random(SEED)
    scopes = [list(scope) for scope in SCOPES]
    yield {"seed": SEED, "credentials": [list(c) for c in CREDENTIALS], "scopes": scopes}
    for kind, count in COUNTS.items():
        for _ in range(count):
            yield make_vector(rng, kind)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    with mock.patch("botocore.auth.datetime.datetime", Clock):
        lines = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in make_lines()]
    text = "".join(lines)
    if arguments.check:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET} is not what {pathlib.Path(__file__).name} makes")
        return
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET}: {len(lines) - 1} vectors, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
