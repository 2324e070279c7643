import base64, hashlib, hmac, json, sys
from urllib.parse import quote, urlencode


def cards_sign(key, path, params):
    """Returns the signed path and query of a picture. key is the text of the signing key."""

    def piece(s):
        raw, head = s.encode(), b""
        n = len(raw)
        while n > 127:
            head, n = head + bytes([n & 127 | 128]), n >> 7
        return head + bytes([n]) + raw

    message = piece("cards-url-v1") + piece(path)
    for name in sorted(params.keys() - {"sig", "strict"}):
        message += piece(name) + piece(str(params[name]))
    mac = hmac.new(key.encode(), message, hashlib.sha256).digest()
    sig = base64.urlsafe_b64encode(mac).rstrip(b"=").decode()
    return path + "?" + urlencode({**params, "sig": sig}, quote_via=quote)


if __name__ == "__main__":
    for v in json.load(sys.stdin):
        print(cards_sign(v["key"], v["path"], v["params"]))
