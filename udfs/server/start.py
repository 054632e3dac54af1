"""Starts the server on this machine alone: ``python start.py [PORT]``. With a certificate in certs/ it speaks HTTPS."""

import os
import sys
from pathlib import Path

import uvicorn

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    os.chdir(HERE)
    os.environ.setdefault("XLWINGS_PROJECT_DIR", str(HERE))
    certificate = {key: path for key in ("keyfile", "certfile") if (path := HERE / "certs" / f"{key}.pem").is_file()}
    uvicorn.run(
        "xlwings_server.main:main_app",
        host="127.0.0.1",
        port=int(sys.argv[1]) if len(sys.argv) > 1 else 8000,
        ssl_keyfile=certificate.get("keyfile"),
        ssl_certfile=certificate.get("certfile"),
    )
