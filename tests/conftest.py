"""The standing cast: Alice owns the practice, Bob works in it, Charlie belongs elsewhere."""

import gc
from collections.abc import Iterator

import pytest
from _pytest import runner
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.db import connections
from django.test import Client, TransactionTestCase, override_settings
from django.test.testcases import LiveServerThread
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from clinic.collector import keep_for_good, seldom
from clinic.models import Membership, Practice, Role, User
from clinic.server.room import with_room
from tests.answered import counted
from tests.clock import SetClock, turned_to
from tests.emptying import empty_all
from tests.factories import PASSWORD, MembershipFactory, PracticeFactory, UserFactory
from tests.kept_database import copied_after, kept_database, made_ahead
from tests.kept_threads import KeptThreads
from tests.long_first import long_first
from tests.quick_client import quick_client
from tests.read_in_turns import read_in_turns

# How long an example takes says nothing on a busy machine; what is slow is measured in benchmarks/.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_protocol = with_room(runner.pytest_runtest_protocol)
# What is read from here on to the end of collecting stays.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        of_all = session.config.workerinput
        number = int(of_all["workerid"].removeprefix("gw"))
        read_in_turns(session.config, number, of_all["workercount"])


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking it over again and again took a twelfth."""
    keep_for_good()
    seldom()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """As pytest does it, with the room for calls that the site has in a server."""
    return _protocol(item, nextitem)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After the order was drawn: no worker begins something long when the others are done."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    if workers > 1:
        items[:] = long_first(items, _is_long, lambda item: item.path, workers)


def _is_long(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("browser", "long"))


class _ToldAtOnce:
    """What failed is told when it fails: a run that is broken off would else say nothing of it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self.config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal is not None:
            terminal.ensure_newline()
            terminal.write_line(f"{report.nodeid} ({report.when})", red=True)
            terminal.write_line(report.longreprtext[-4000:])


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    config.pluginmanager.register(_ToldAtOnce(config))
    if config.getoption("tx", None):
        # It collects nothing itself.
        gc.enable()
        ahead = made_ahead(django_settings.VAR_DIR / "postgres-tests")
        ahead.__enter__()
        config.add_cleanup(lambda: ahead.__exit__(None, None, None))


@pytest.fixture(scope="session", autouse=True)
def _suite_clock() -> Iterator[None]:
    """What is made once for a module or a run is made at the suite's time as well."""
    with turned_to():
        yield


@pytest.fixture(autouse=True)
def clock() -> Iterator[SetClock]:
    """Every test begins at ``tests.clock.NOW``; call it with another moment to stand there."""
    with turned_to() as put:
        yield put


@pytest.fixture(scope="session", autouse=True)
def _quick_client(django_test_environment: None) -> Iterator[None]:
    with quick_client():
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """The run's own database starts as a copy of one that is migrated already."""
    with django_db_blocker.unblock():
        template = kept_database(django_settings.VAR_DIR / "postgres-tests")
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture
def goes_back(transactional_db: None) -> Iterator[None]:
    """For a test that migrates to an older state: what comes after it finds the latest again."""
    with copied_after():
        yield


@pytest.fixture(scope="session")
def live_server(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """The site on a port, which serves its own files as it does for real: once to each browser.

    Its threads keep sessions of the database, which is dropped after it.
    """
    whole = override_settings(
        WHITENOISE_AUTOREFRESH=False,
        # The server answers at the suite's time and the browser reckons by its machine's: what is
        # fresh for minutes was days old when it came, and was asked for again with every page.
        WHITENOISE_MAX_AGE=100 * 365 * 24 * 60 * 60,
        STATIC_ROOT=tmp_path_factory.mktemp("nothing-collected"),
    )
    with pytest.MonkeyPatch.context() as patch, whole:
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        patch.setattr(LiveServerThread, "server_class", KeptThreads)
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture(autouse=True)
def _answered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Before the tables are emptied, the server has answered what a browser asked last."""
    if "live_server" not in request.fixturenames:
        yield
        return
    # Asked for here, so that it is emptied after this.
    request.getfixturevalue("transactional_db")
    site = counted(request.getfixturevalue("live_server"))
    site.open()
    yield
    site.shut()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def practice(db: None) -> Practice:
    return PracticeFactory(name="Harbour Physiotherapy")


@pytest.fixture
def other_practice(db: None) -> Practice:
    return PracticeFactory(name="Hillside Clinic")


def _member(practice: Practice, name: str, role: Role) -> User:
    email = f"{name.split()[0].lower()}@example.org"
    user = UserFactory(full_name=name, email=email)
    MembershipFactory(practice=practice, user=user, role=role)
    return user


@pytest.fixture
def alice(practice: Practice) -> User:
    """Owner of the practice."""
    return _member(practice, "Alice Archer", Role.OWNER)


@pytest.fixture
def bob(practice: Practice) -> User:
    """Clinician in Alice's practice."""
    return _member(practice, "Bob Brown", Role.CLINICIAN)


@pytest.fixture
def charlie(other_practice: Practice) -> User:
    """Owner of another practice, who must never see anything of Alice's."""
    return _member(other_practice, "Charlie Cole", Role.OWNER)


@pytest.fixture
def alice_membership(alice: User, practice: Practice) -> Membership:
    return practice.memberships.get(user=alice)


@pytest.fixture
def bob_membership(bob: User, practice: Practice) -> Membership:
    return practice.memberships.get(user=bob)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice: User) -> Client:
    return _signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> Client:
    return _signed_in(bob)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    return _signed_in(charlie)


@pytest.fixture
def password() -> str:
    """The password of everyone in the cast."""
    return PASSWORD
