"""An alias of `Annotated[T, …]` is T, wherever it is written."""

from common import AsyncSessionDep, EitherSession, MaybeSession, SessionDep


async def annotated_bad(session: SessionDep):
    session.commit()  #~ blocking-call-in-async


async def optional_bad(session: MaybeSession):
    session.commit()  #~ blocking-call-in-async


async def either_bad(session: EitherSession):
    session.commit()  #~ blocking-call-in-async


async def annotated_ok(session: AsyncSessionDep):
    await session.commit()
