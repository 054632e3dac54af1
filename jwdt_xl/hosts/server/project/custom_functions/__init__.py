"""The cell functions JWDT_*; add your own below."""

from jwdt_xl.hosts.server import *  # noqa: F403
