"""`polecam health`: does the server on this machine serve? For containers and service managers."""

import argparse
import http.client
import json

from polecam import env
from polecam.cli.commands import Trouble

SECONDS = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--address", default="127.0.0.1", help="where the server listens")
    parser.add_argument("--port", type=int, default=8000)


def run(options: argparse.Namespace) -> int:
    """0: it serves. 1: it answers, and cannot serve now. 2: nobody answers."""
    host = next(iter(env.items("POLECAM_HOSTS")), "localhost").removeprefix(".")
    connection = http.client.HTTPConnection(options.address, options.port, timeout=SECONDS)
    try:
        connection.request("GET", "/health/ready/", headers={"Host": host})
        answer = connection.getresponse()
        said = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Trouble(f"No answer on {options.address}:{options.port} ({error}).") from error
    finally:
        connection.close()
    print(", ".join(f"{what}: {how}" for what, how in said.items()))
    return 0 if answer.status == 200 else 1
