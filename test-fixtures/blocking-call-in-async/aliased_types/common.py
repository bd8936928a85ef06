from collections.abc import AsyncIterator
from typing import Annotated, Optional, Union

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session


def make_session():
    return None


SessionDep = Annotated[Session, Depends(make_session)]
AsyncSessionDep = Annotated[AsyncSession, Depends(make_session)]
MaybeSession = Optional[Session]
EitherSession = Union[Session, AsyncSession]
