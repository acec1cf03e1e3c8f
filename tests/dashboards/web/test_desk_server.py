"""The desk ends when it is asked to, however busy it is."""

import signal
import subprocess
import sys
import time

BUSY = """
import sys, time, uvicorn
from dashboards.web import desk_server

async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        print("listening", flush=True)
        time.sleep(600)  # the loop gets no turn any more

desk_server.END_LIMIT_S = 1.0
desk_server.DeskServer(uvicorn.Config(application, port=0, log_level="critical")).run()
"""


def test_a_desk_whose_loop_has_no_turn_ends_within_its_limit_after_it_was_asked_to() -> None:
    with subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        before_s = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(60) == 0
        finally:
            process.kill()
        assert time.monotonic() - before_s >= 0.9, "it had its second"
