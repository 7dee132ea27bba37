"""Checks an exported book by nothing but docs/chain.md. Usage: python3 verify_book.py FILE"""
import base64
import hashlib
import json
import struct
import sys
import uuid


def text(value):
    if value is None:
        return struct.pack(">i", -1)
    data = value if isinstance(value, bytes) else value.encode("utf-8")
    return struct.pack(">i", len(data)) + data


def link(before, e):
    form = before + uuid.UUID(e["book"]).bytes + uuid.UUID(e["id"]).bytes
    form += struct.pack(">qq", e["place"], e["version"])
    form += text(e["stream"]) + text(e["type"]) + text(e["actor"])
    form += uuid.UUID(e["correlationId"]).bytes + uuid.UUID(e["causationId"]).bytes
    form += struct.pack(">q", int(e["recordedAtTicks"]))
    form += text(e["idempotencyKey"]) + text(e["bodyHash"]) + text(e["confidentialKey"])
    form += text(base64.b64decode(e["data"])) + text(base64.b64decode(e["confidential"]))
    return hashlib.sha256(form).digest()


before, place, position, versions = bytes(32), 0, 0, {}
for line in open(sys.argv[1], encoding="utf-8"):
    event = json.loads(line)
    place += 1
    versions[event["stream"]] = versions.get(event["stream"], 0) + 1
    holds = (
        event["place"] == place
        and event["version"] == versions[event["stream"]]
        and event["position"] > position
        and event["link"] == link(before, event).hex()
    )
    if not holds:
        print(f"FAULT at place {place}")
        sys.exit(2)
    before, position = bytes.fromhex(event["link"]), event["position"]
print(f"{place} events, link {before.hex()}")
