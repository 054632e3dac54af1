from jwdt_xl.hosts.lite import *  # noqa: F403
