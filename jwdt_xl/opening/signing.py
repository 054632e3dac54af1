"""A signature by OpenSSL, which everybody has or can get: made with a private key, checked with the public one."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import JwdtError
from ..messages import Text

#: Somebody may have to type the pass phrase of the key.
_SECONDS = 120
_NO_OPENSSL = Text(
    "没有找到 openssl，不能签名 — 请安装 OpenSSL（Debian：openssl；Windows 的 Git 自带），或不加 --sign，另用自己的工具签名",
    "openssl was not found, which makes the signature — install OpenSSL (Debian: openssl; Git for Windows brings it), or leave out --sign and "
    "sign with a tool of your own",
)
_FAILED = Text(
    "未能用私钥 {k} 签名（{e}） — 须为 PEM 格式的 RSA、EC 或 Ed25519 私钥，请检查文件和口令；生成一个：openssl genpkey -algorithm ed25519 -out key.pem",
    "no signature could be made with the key {k} ({e}) — it must be a private key of RSA, EC or Ed25519 in PEM; check the file and its pass phrase; "
    "to make one: openssl genpkey -algorithm ed25519 -out key.pem",
)


class Signer:
    """A private key, and how others check what it signed: the public key and the command, with these names of the files."""

    def __init__(self, key: str, signed: str, signature: str, public: str) -> None:
        """Raises JwdtError where there is no OpenSSL, or the key is none."""
        self._key, self._names = key, (signed, signature, public)
        self.public = self._run("pkey", "-in", key, "-pubout").encode()
        with self._placed(public) as (place,):
            Path(place).write_bytes(self.public)
            # these keys sign the text itself, the others its digest
            self._whole = "ED25519" in self._run("pkey", "-pubin", "-in", place, "-noout", "-text").upper()

    @property
    def check(self) -> str:
        """What others type to check a signature."""
        return " ".join(["openssl", *self._check(*self._names)])

    def signed(self, content: bytes) -> bytes:
        """The signature, which is checked before it is given out."""
        with self._placed(*self._names) as places:
            signed, signature, public = places
            Path(signed).write_bytes(content)
            Path(public).write_bytes(self.public)
            if self._whole:
                self._run("pkeyutl", "-sign", "-inkey", self._key, "-rawin", "-in", signed, "-out", signature)
            else:
                self._run("dgst", "-sha256", "-sign", self._key, "-out", signature, signed)
            self._run(*self._check(*places))
            return Path(signature).read_bytes()

    def _check(self, signed: str, signature: str, public: str) -> list[str]:
        if self._whole:
            return ["pkeyutl", "-verify", "-pubin", "-inkey", public, "-rawin", "-in", signed, "-sigfile", signature]
        return ["dgst", "-sha256", "-verify", public, "-signature", signature, signed]

    @staticmethod
    @contextlib.contextmanager
    def _placed(*names: str) -> Iterator[list[str]]:
        with tempfile.TemporaryDirectory(prefix="jwdt-sign-") as folder:
            yield [os.path.join(folder, name) for name in names]

    def _run(self, *words: str) -> str:
        program = shutil.which("openssl")
        if program is None:
            raise JwdtError(_NO_OPENSSL, "no-openssl")
        try:
            done = subprocess.run([program, *words], capture_output=True, timeout=_SECONDS, text=True, errors="replace")
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JwdtError(_FAILED.fill(k=self._key, e=type(error).__name__), "no-signature") from error
        if done.returncode:
            said = [*(done.stderr or done.stdout).strip().splitlines(), str(done.returncode)]
            raise JwdtError(_FAILED.fill(k=self._key, e=said[0][:200]), "no-signature")
        return done.stdout
