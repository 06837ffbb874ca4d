"""The real Azure CLI, loaded once: runs one command for each line of JSON that a client of its socket sends.

Each command is what `az` in a shell is: arguments in, exit code and output out. Azure's own tests call it like this
too (azure-cli-testsdk, `execute`); starting a process takes three seconds a command, this a tenth of one.
"""

import io
import json
import os
import socketserver
import sys
import time

said = io.StringIO()
sys.stderr = said  # before the CLI is loaded: its log handlers keep the stream that they find

from azure.cli.core import get_default_cli  # noqa: E402

# Between two looks at what Azure is doing `az` sleeps for as long as that takes there.
asleep = time.sleep
time.sleep = lambda seconds: asleep(min(seconds, 0.05))


def run(args):
    said.seek(0)
    said.truncate()
    out = io.StringIO()
    sys.stdout = out
    try:
        code = get_default_cli().invoke(args, out_file=out)
    except SystemExit as end:
        code = end.code
    except Exception as error:  # what `az` prints as a traceback
        code = 1
        said.write(repr(error))
    finally:
        sys.stdout = sys.__stdout__
    return {"code": code or 0, "out": out.getvalue(), "err": said.getvalue()}


class Command(socketserver.StreamRequestHandler):
    def handle(self):
        asked = json.loads(self.rfile.readline())
        os.chdir(asked["folder"])
        self.wfile.write(json.dumps(run(asked["args"])).encode())


with socketserver.UnixStreamServer(sys.argv[1], Command) as server:
    print("ready", flush=True)
    server.serve_forever()
