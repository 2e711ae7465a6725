"""Many people at once against `mulin serve`, then a kill: answers, times, what is found after.

./run bench serving [CLIENTS] [SECONDS]; on MULIN_DATABASE where set (an empty one), else on SQLite.
"""

import collections
import contextlib
import http.client
import http.cookiejar
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PORT = 8198
PAGES = ["/desk/", "/our/", "/lists/", "/lists/resources/", "/projects/", "/inbox/", "/overview/"]
PEOPLE = ("honggang", "xingou", "liaison", "secretary", "supervisor")
WRITERS = ("honggang", "xingou", "supervisor")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ITEM = re.compile(r'"/lists/items/([0-9a-f-]{36})/"')
LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往"


class Client(threading.Thread):
    """One signed-in person who reads pages and comments on items until the server is gone."""

    def __init__(self, number: int, stop: threading.Event) -> None:
        super().__init__(name=f"client {number}", daemon=True)
        self.person, self.stop = PEOPLE[number % len(PEOPLE)], stop
        self.random = random.Random(number)
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.statuses: collections.Counter = collections.Counter()
        self.times: list[float] = []
        self.acknowledged: list[str] = []
        self.unanswered = 0

    def run(self) -> None:
        self.sign_in()
        items = ITEM.findall(self.ask("/lists/"))
        while not self.stop.is_set():
            try:
                if self.person in WRITERS and self.random.random() < 0.4:
                    self.write(self.random.choice(items))
                else:
                    self.ask(self.random.choice(PAGES))
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                time.sleep(0.05)

    def sign_in(self) -> None:
        from mulin.home.demo.founding import PASSWORD

        words = {"login": self.person, "password": PASSWORD}
        self.ask("/sign-in/login/", words | {"csrfmiddlewaretoken": self.token("/sign-in/login/")})

    def token(self, page: str) -> str:
        return TOKEN.findall(self.ask(page))[-1]

    def write(self, item: str) -> None:
        text = "".join(self.random.choices(LETTERS, k=40))
        token = self.token(f"/lists/items/{item}/")
        before = self.statuses[200]
        self.ask(f"/lists/items/{item}/comment/", {"text": text, "csrfmiddlewaretoken": token})
        if self.statuses[200] > before:
            self.acknowledged.append(text)

    def ask(self, path: str, words: dict | None = None) -> str:
        """The page, redirects followed; its status and time are kept."""
        body = urllib.parse.urlencode(words).encode() if words else None
        started = time.perf_counter()
        try:
            with self.opener.open(f"http://127.0.0.1:{PORT}{path}", body, timeout=60) as answer:
                page, status = answer.read().decode(), answer.status
        except urllib.error.HTTPError as error:
            page, status = error.read().decode(), error.code
        self.times.append(time.perf_counter() - started)
        self.statuses[status] += 1
        return page


def mulin(*words: str) -> subprocess.Popen:
    # In a group of its own, to end the server with the processes that it started.
    command = [sys.executable, "-m", "django", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def serve() -> subprocess.Popen:
    server = mulin("serve", "--port", str(PORT))
    for _attempt in range(200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sign-in/login/").close()
            return server
        time.sleep(0.1)
    os.killpg(server.pid, signal.SIGKILL)
    raise SystemExit("the server doesn't answer")


def measure(clients: int, seconds: float) -> None:
    server, stop = serve(), threading.Event()
    people = [Client(number, stop) for number in range(clients)]
    for person in people:
        person.start()
    time.sleep(seconds)
    os.killpg(server.pid, signal.SIGKILL)
    killed_at = [len(person.acknowledged) for person in people]
    server.wait()
    time.sleep(0.5)
    server = serve()
    time.sleep(min(5, seconds))
    os.killpg(server.pid, signal.SIGTERM)
    server.wait()
    stop.set()
    for person in people:
        person.join()
    tell(people, sum(killed_at))


def tell(people: list[Client], before_the_kill: int) -> None:
    from mulin.lists.models import Comment

    acknowledged = [text for person in people for text in person.acknowledged]
    there = set(Comment.objects.values_list("text", flat=True))
    times = sorted(time for person in people for time in person.times)
    cuts = statistics.quantiles(times, n=100)
    told = {
        "requests": len(times),
        "statuses": dict(sum((person.statuses for person in people), collections.Counter())),
        "seconds": {"median": round(cuts[49], 3), "p95": round(cuts[94], 3)},
        "acknowledged before the kill": before_the_kill,
        "acknowledged": len(acknowledged),
        "lost": len([text for text in acknowledged if text not in there]),
        "unanswered while the server was gone": sum(person.unanswered for person in people),
    }
    print(json.dumps(told, indent=1), flush=True)
    if told["lost"] or set(told["statuses"]) - {200}:
        raise SystemExit("not well")


def main(clients: int = 20, seconds: float = 60) -> None:
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        os.environ["MULIN_VAR"] = folder
        os.environ.setdefault("MULIN_DATABASE", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"MULIN_DEMO": "1", "DJANGO_SETTINGS_MODULE": "mulin.config.settings"}
        Path(folder, "static").mkdir()
        for words in (["migrate", "-v0"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
            if mulin(*words).wait():
                raise SystemExit(f"{words[0]} failed")
        import django

        django.setup()
        measure(clients, seconds)
        if mulin("doctor").wait():
            raise SystemExit("the doctor found problems")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
