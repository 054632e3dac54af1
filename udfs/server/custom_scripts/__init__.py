"""The scripts that buttons of the task pane start; add your own below."""

from jwdt_xl.hosts.server import generate_summary, import_papers  # noqa: F401
