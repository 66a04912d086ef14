"""Python runs this first in the kernel of a lesson, and in what the kernel starts: no network."""

import os
import sys
from pathlib import Path

_ASKS = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
_HERE = ("127.", "localhost", "::1")


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _ASKS:
        return
    place = arguments[0 if event.startswith("socket.get") else 1]
    host = place[0] if isinstance(place, tuple) else place
    # A path is a socket of this machine, and None is this machine itself.
    if isinstance(place, tuple) or event.startswith("socket.get"):
        name = host.decode() if isinstance(host, bytes) else host
        if name and not str(name).startswith(_HERE):
            with Path(os.environ["UPDOWN_ASKED_NETWORK"]).open("a", encoding="utf-8") as file:
                file.write(f"{event} {name}\n")
            raise PermissionError(f"a lesson asks the network for nothing, and this asks {name}")


sys.addaudithook(_refuse)
