"""Make pages when somebody asks for them, as an author never looks at most."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from threading import RLock
from typing import Any

App = Callable[..., Iterable[bytes]]
"""A WSGI application."""

TRIES = 10
"""How often a page is made for one request, as builds may come between; more would be a fault of ours."""


class LazyPages:
    """What is yet to be made, by its path in the site."""

    def __init__(self) -> None:
        self.building = RLock()
        """Held while a site is built, or a page of it made: one at a time."""
        self._make: dict[str, Callable[[], None] | None] = {}
        self._make_other: Callable[[str], bool] | None = None

    @property
    def waiting(self) -> list[str]:
        """The paths of what was not made yet."""
        return [path for path, make in self._make.items() if make]

    def put_off(
        self, make: Mapping[str, Callable[[], None]], make_other: Callable[[str], bool] | None = None
    ) -> None:
        """Have files made when they are asked for, and forget all others.

        Args:
            make: what makes the file at a path.
            make_other: what makes the file at any other path, and returns whether there is such a thing.
        """
        with self.building:
            self._make, self._make_other = dict(make), make_other

    def made(self, path: str) -> bool:
        """Make what is to be at *path* if that was not done yet; return whether there is such a thing.

        An error while it is made leaves it to be made.
        """
        with self.building:
            if path not in self._make:
                return bool(self._make_other and self._make_other(path))
            if make := self._make[path]:
                make()
                self._make[path] = None
            return True

    def answer(
        self, app: App, mount: str, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request as *app* does; make what it does not find below *mount*, and ask it again."""
        for _ in range(TRIES):
            told: list[Any] = []
            answer = app(environ, partial(_tell, told))
            if not told[0].startswith("404") or not any(map(self.made, _paths(environ, mount))):
                break
            close(answer)
        start(*told)
        return answer


def _tell(told: list[Any], *given: Any) -> None:
    told.extend(given)


def _paths(environ: Mapping[str, Any], mount: str) -> Iterator[str]:
    """Yield the files that a request may mean, by their paths below *mount*."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(mount).lstrip("/")
    yield f"{path}index.html" if path.endswith("/") or not path else path
    if path and not path.endswith("/"):
        yield f"{path}/index.html"


def close(answer: Iterable[bytes]) -> None:
    """Be done with *answer*, which need not be read to its end."""
    if hasattr(answer, "close"):
        answer.close()
