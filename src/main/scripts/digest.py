"""Computes what `loadcast digest` prints from forecasts on stdin, a JSON document a line. See docs/replay.md."""
import hashlib
import json
import sys

regions = {}
for line in sys.stdin:
    # Numbers stay the text that they were written as.
    forecast = json.loads(line, parse_float=str, parse_int=str)
    texts = [forecast["region"], forecast["issue_time"], forecast["revision"], forecast["model"]["sha256"]]
    texts += [forecast["quality"], forecast.get("method") or ""]
    texts += [",".join(forecast[field]) for field in ("lead_hours", "p10_mw", "p50_mw", "p90_mw")]
    sha256 = regions.setdefault(forecast["region"], hashlib.sha256())
    sha256.update(("\t".join(texts) + "\n").encode())

together = hashlib.sha256()
for region in sorted(regions, key=str.encode):
    digest = regions[region].hexdigest()
    together.update(f"{region}\t{digest}\n".encode())
    print(digest, region)
print(together.hexdigest(), "(all)")
