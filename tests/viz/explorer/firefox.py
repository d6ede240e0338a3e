"""Firefox for the tests: started without a window, and told by its own remote protocol, Marionette.

Playwright drives a Firefox of its own only; the one that people have speaks Marionette: messages of JSON over
a local socket, each with its length in front.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Json: TypeAlias = "Any"  # a value that was read from JSON
FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
START = 60.0  # seconds
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Escape": "\ue00c",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Space": " ",
}


class Firefox:
    """One window of Firefox with a profile of its own.

    :param folder: an empty folder for the profile
    :param dark: whether pages are told that the reader likes them dark
    :raises OSError: if Firefox does not answer within a minute
    """

    def __init__(self, folder: Path, *, dark: bool = False) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        preferences = {
            "marionette.port": port,
            "ui.systemUsesDarkTheme": int(dark),
            "ui.prefersReducedMotion": 1,
            "browser.shell.checkDefaultBrowser": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "browser.download.alwaysOpenPanel": False,  # it would take the focus
            "browser.download.folderList": 2,
            "browser.download.dir": str(folder),
        }
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in preferences.items())
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        switches = ("--headless", "--marionette", "--no-remote", "--profile", str(folder))
        self.process = subprocess.Popen(
            [str(FIREFOX), *switches], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.socket = self._connected(port)
        self.count = 0
        self._read()
        self.command("WebDriver:NewSession")
        self.command("WebDriver:SetWindowRect", width=1300, height=950)

    def _connected(self, port: int) -> socket.socket:
        end = time.monotonic() + START
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=START)
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    self.process.kill()
                    raise
                time.sleep(0.1)

    def _read(self) -> list[Json]:
        length = b""
        while not length.endswith(b":"):
            length += self.socket.recv(1)
        data = b""
        while len(data) < int(length[:-1]):
            data += self.socket.recv(int(length[:-1]) - len(data))
        message: list[Json] = json.loads(data)
        return message

    def command(self, name: str, **parameters: object) -> Json:
        """Send a command and return its answer.

        :raises AssertionError: if Firefox refuses it
        """
        self.count += 1
        message = json.dumps([0, self.count, name, parameters]).encode("utf-8")
        self.socket.sendall(str(len(message)).encode("ascii") + b":" + message)
        _, _, error, answer = self._read()
        assert error is None, error
        return answer

    def open(self, address: str) -> None:
        self.command("WebDriver:Navigate", url="about:blank")
        self.command("WebDriver:Navigate", url=address)
        self.until("document.documentElement.dataset.ready === 'true'")

    def evaluate(self, expression: str, argument: object = None) -> Json:
        """Return the value of an expression, or of a function of one argument, on the page."""
        script = f"const said = ({expression}); return typeof said === 'function' ? said(arguments[0]) : said"
        return self._value(script, [argument])

    def faults(self, axe: str) -> list[str]:
        """Run axe on the page and name what it finds.

        :param axe: the script of axe
        """
        listed = "({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html)"
        script = f"{axe}\nreturn axe.run(document).then({listed})"
        names: list[str] = self._value(script, [])
        return names

    def _value(self, script: str, arguments: list[object]) -> Json:
        answer = self.command("WebDriver:ExecuteScript", script=script, args=arguments, sandbox=None)
        return answer["value"]

    def until(self, expression: str) -> None:
        end = time.monotonic() + START
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        """Press a key, or several held together such as `Shift+Tab`."""
        keys = [KEYS.get(name, name) for name in key.split("+")]
        downs = [{"type": "keyDown", "value": value} for value in keys]
        ups = [{"type": "keyUp", "value": value} for value in reversed(keys)]
        actions = [{"type": "key", "id": "keyboard", "actions": [*downs, *ups]}]
        self.command("WebDriver:PerformActions", actions=actions)
        self._value("return new Promise(done => requestAnimationFrame(() => setTimeout(done)))", [])

    def write(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(timeout=START)
