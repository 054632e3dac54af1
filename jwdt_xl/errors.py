"""The errors jwdt_xl raises. All of them survive pickling, since files are read in worker processes."""

from __future__ import annotations

from .messages import Finding, Text


class JwdtError(ValueError):
    """A wrong argument or input: one short sentence naming argument, rule, unit and value."""

    code = "bad-input"

    def __init__(self, text: Text, code: str = "bad-input") -> None:
        super().__init__(text, code)
        self.text = text
        self.code = code

    def __str__(self) -> str:
        return str(self.text)


class Missing(JwdtError):
    """A value that is needed is blank."""

    def __init__(self, text: Text, code: str = "missing") -> None:
        super().__init__(text, code)


def missing(name: object) -> Missing:
    """The error of an argument that is needed and blank."""
    return Missing(Text("{n} 缺失", "{n} is missing").fill(n=name))


class NotAssessable(JwdtError):
    """The data are there, but the quantity is not defined for them (output 0, emissions not positive …)."""

    def __init__(self, text: Text, code: str = "not-assessable") -> None:
        super().__init__(text, code)


class Refused(JwdtError):
    """An input file that cannot be read as data, with every reason and its place."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        ValueError.__init__(self, findings)
        self.findings = tuple(findings)
        self.code = "refused"
        self.text = Text(
            "; ".join(f"{f.where}: {f.text.zh}" for f in self.findings),
            "; ".join(f"{f.where}: {f.text.en}" for f in self.findings),
        )
