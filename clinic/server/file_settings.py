"""Where files that grow lie, from the environment: in the database or in a bucket."""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from clinic.server import environment

#: The bucket's name; empty: everything is in the database.
FILES_BUCKET = environment.text("FILES_BUCKET").strip()
#: Nothing goes to the bucket any more; what lies there can be read, and brought back.
FILES_STAY = environment.flag("FILES_STAY")
#: For one file altogether: a time limit for each read ends nothing where bytes drip in.
FILES_SECONDS = 20
_endpoint = environment.text("FILES_ENDPOINT").strip()
if _endpoint and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", _endpoint):
    raise ImproperlyConfigured("FILES_ENDPOINT must look like https://store.example.")
#: Read when the first file is asked for; Django makes it then.
FILES_STORE: dict[str, Any] = {
    "BACKEND": "clinic.storehouse.bucket.Bucket",
    "OPTIONS": {
        "bucket_name": FILES_BUCKET,
        "endpoint_url": _endpoint or None,
        "region_name": environment.text("FILES_REGION").strip() or None,
        "access_key": environment.text("FILES_KEY_ID") or None,
        "secret_key": environment.text("FILES_SECRET_KEY") or None,
    },
}
