from typing import Annotated

from app.deps import Pagination, Session, SessionDep, User, check, get_session_ok, get_user_bad, yield_session_ok
from fastapi import APIRouter, Depends

router = APIRouter(dependencies=[Depends(get_user_bad)])


@router.get("/annotated")
async def annotated_bad(session: Annotated[Session, Depends(get_session_ok)]):
    session.load()  #~ blocking-call-in-async: requests.get


@router.get("/alias")
async def alias_bad(session: SessionDep):
    session.load()  #~ blocking-call-in-async: requests.get


@router.get("/default")
async def default_bad(session: Session = Depends(get_session_ok)):
    session.load()  #~ blocking-call-in-async: requests.get


@router.get("/untyped")
async def what_the_dependency_gives_bad(session=Depends(get_session_ok)):
    session.load()  #~ blocking-call-in-async: requests.get


@router.get("/yielded")
async def what_the_dependency_yields_bad(session=Depends(yield_session_ok)):
    session.load()  #~ blocking-call-in-async: requests.get


@router.get("/sync")
def worker_ok(session: SessionDep):
    session.load()


@router.get("/runs")
async def dependency_runs_on_a_worker_ok(session: SessionDep, user: User):
    return user


@router.get("/class")
async def class_runs_on_a_worker_ok(pages: Annotated[Pagination, Depends()], other=Depends(Pagination)):
    return pages


@router.get("/object", dependencies=[Depends(check)])
async def object_runs_on_a_worker_ok():
    return None


async def called_by_hand_bad():
    get_session_ok()  #~ blocking-call-in-async: time.sleep
