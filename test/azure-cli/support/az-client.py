"""`az` in a shell: passes its arguments to az-server.py, and ends as it did."""

import json
import os
import socket
import sys

with socket.socket(socket.AF_UNIX) as server:
    server.connect(os.environ["AZ_SERVER"])
    server.sendall(json.dumps({"args": sys.argv[1:], "folder": os.getcwd()}).encode() + b"\n")
    answer = json.loads(b"".join(iter(lambda: server.recv(65536), b"")))
sys.stdout.write(answer["out"])
sys.stderr.write(answer["err"])
sys.exit(answer["code"])
