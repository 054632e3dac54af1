"""The template as a download."""

from jwdt_xl.hosts.server.router import router  # noqa: F401
