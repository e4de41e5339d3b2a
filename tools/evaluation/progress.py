"""How far a long step is, on standard error."""

import sys
import time


class Progress:
    """Counts steps, and tells now and then how many are done and how long the rest will take."""

    # Seconds between lines: a person looks up that often, and a log stays short.
    INTERVAL = 15

    def __init__(self, what, total):
        self.what, self.total, self.done = what, total, 0
        self.started = self.shown = time.monotonic()

    def step(self, count=1):
        self.done += count
        now = time.monotonic()
        if now - self.shown >= self.INTERVAL or self.done == self.total:
            self.shown = now
            elapsed = now - self.started
            left = elapsed / max(self.done, 1) * (self.total - self.done)
            told = f"{self.what}: {self.done} of {self.total}, {elapsed:.0f} s"
            print(told + (f", {left:.0f} s to go" if self.done < self.total else ""), file=sys.stderr, flush=True)
