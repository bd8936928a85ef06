from __future__ import annotations

import typing as t
from typing import Annotated, Any, Callable, ClassVar, Final, Literal, Optional, TypeAlias, Union

Handler: TypeAlias = Callable[[str, "Request"], None]
timeout: Final[float] = 3.0


class Settings(t.Generic[T], Base["Settings"], metaclass=Meta):
    kind: Literal["a", "b"]
    limits: ClassVar[dict[str, list[int]]] = {}
    lock: "threading.Lock | None" = None
    parts: tuple[int, str]
    many: t.Tuple[int, ...]
    either: Union[int, str, None]
    crowd: int | str | bytes | float | complex
    factory: type[Base]
    anything: Any

    def copy(self, deep: Optional[bool] = None, *rest: int, **named: "t.Any") -> t.Self:
        self.lock: threading.Lock = make()
        self.later: asyncio.Task[None]
        found: dict[str, Base] = {}
        return found

    async def session(self, db: Annotated[Session, Depends(get_db, use_cache=False)]) -> Awaitable[None]: ...

    def bad(self, x: f(1), y: "a b", z: [int]) -> Callable: ...
