"""How the servers for tests are run."""

import os
import socket
import sys
import threading

import uvicorn


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


def serve(app):
    """On a free port of the loopback, which it prints. Ends with the process that holds its standard input."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
