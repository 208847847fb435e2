"""Files from a folder, from the cache and from a download that fails: never from the network."""

import hashlib
import http.server
import os
import sys
import threading
from pathlib import Path

import pytest

from seqgraph.data import FetchError, fetch, registry

# `seqgraph.data.fetch` is the function; the file that holds it has the same name.
MODULE = sys.modules["seqgraph.data.fetch"]
NAME, CONTENT = "a-set/file.txt", b"the right bytes"
REPOSITORY = Path(__file__).resolve().parents[3]


def real_data():
    """The folder of real sets, if there is one: named by the variable, or beside the repository."""
    named = os.environ.get(MODULE.FOLDER_VARIABLE)
    return Path(named) if named else REPOSITORY.parent / "shared" / "data"


@pytest.fixture
def known(monkeypatch, tmp_path):
    """A registry with one file whose address answers nobody, an empty cache, and no folder of sets."""
    pooch = pytest.importorskip("pooch", reason="pooch is not installed")
    entry = {
        "url": "http://127.0.0.1:9/file.txt",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "bytes": len(CONTENT),
    }
    monkeypatch.setattr(MODULE, "registry", lambda: {NAME: entry})
    monkeypatch.setattr(pooch, "os_cache", lambda name: tmp_path / "cache" / name)
    monkeypatch.delenv(MODULE.FOLDER_VARIABLE, raising=False)
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    return entry


def put(folder, content=CONTENT):
    path = folder / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def server(known):
    """An address that answers with whatever its list holds, and counts who asks."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer[0])

        def log_message(self, *arguments):
            pass

    asked, answer = [], [CONTENT]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        known["url"] = f"http://127.0.0.1:{running.server_port}/file.txt"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield asked, answer
        running.shutdown()


def test_a_file_of_the_folder_is_used_in_place(known, monkeypatch, tmp_path):
    path = put(tmp_path / "sets")
    path.chmod(0o444)
    path.parent.chmod(0o555)
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path / "sets"))
    try:
        assert fetch(NAME) == path
        assert [one.name for one in path.parent.iterdir()] == ["file.txt"]
    finally:
        path.parent.chmod(0o755)
    assert not (tmp_path / "cache").exists()


def test_a_download_is_kept_and_checked(server, known, monkeypatch, tmp_path):
    asked, _ = server
    monkeypatch.setenv("SEQGRAPH_DATA", "")  # empty is as good as not set
    path = fetch(NAME)
    assert path == tmp_path / "cache" / "seqgraph" / NAME
    assert path.read_bytes() == CONTENT
    assert fetch(NAME) == path
    assert asked == ["/file.txt"]
    path.write_bytes(b"damaged")
    assert fetch(NAME).read_bytes() == CONTENT
    assert len(asked) == 2


def test_what_the_folder_lacks_is_downloaded_to_the_cache(server, monkeypatch, tmp_path):
    (tmp_path / "sets").mkdir()
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path / "sets"))
    assert fetch(NAME).is_relative_to(tmp_path / "cache")
    assert list((tmp_path / "sets").iterdir()) == []


@pytest.mark.errors
def test_a_wrong_file_in_the_folder_is_refused_and_left_alone(known, monkeypatch, tmp_path):
    path = put(tmp_path / "sets", b"other bytes")
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path / "sets"))
    with pytest.raises(FetchError, match="is not the right file: its sha256 sum is") as caught:
        fetch(NAME)
    assert str(path) in str(caught.value)
    assert all(known[part] in str(caught.value) for part in ("sha256", "url"))
    assert path.read_bytes() == b"other bytes"


@pytest.mark.errors
def test_a_failed_download_says_what_to_do(known):
    with pytest.raises(FetchError, match=f"fetch: could not get {NAME} from {known['url']}") as caught:
        fetch(NAME)
    message = str(caught.value)
    assert all(part in message for part in (known["sha256"], f"{len(CONTENT)} bytes", "SEQGRAPH_DATA"))
    assert f"put it into a folder as {NAME}" in message


@pytest.mark.errors
def test_a_download_of_other_bytes_is_refused(server, tmp_path):
    _, answer = server
    answer[0] = b"an error page"
    with pytest.raises(FetchError, match=f"fetch: could not get {NAME} .*hash"):
        fetch(NAME)
    assert not (tmp_path / "cache" / "seqgraph" / NAME).exists()


@pytest.mark.errors
def test_the_variable_must_name_a_folder(known, monkeypatch, tmp_path):
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FetchError, match="fetch: SEQGRAPH_DATA must name a folder, got"):
        fetch(NAME)
    (tmp_path / "sets" / NAME).mkdir(parents=True)
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path / "sets"))
    with pytest.raises(FetchError, match="fetch: cannot read"):
        fetch(NAME)


@pytest.mark.errors
@pytest.mark.parametrize("name", ["unknown", "", "../registry.json"])
def test_an_unknown_name_is_refused_with_the_known_ones(name):
    with pytest.raises(
        ValueError, match=r"fetch: name must be one of \['.*'mnist/.*'tinyshakespeare/input.txt'.*\]"
    ):
        fetch(name)


@pytest.mark.errors
def test_without_pooch_the_error_says_what_to_install(known, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(ImportError, match=r"fetch, to download .*, needs pooch: pip install '.\[data\]'"):
        fetch(NAME)
    monkeypatch.setenv("SEQGRAPH_DATA", str(tmp_path))
    assert put(tmp_path) == fetch(NAME)  # a file of the folder needs none


def test_every_entry_is_whole():
    assert len(registry()) >= 3
    for entry in registry().values():
        assert set(entry) == {"url", "sha256", "bytes", "licence", "description"}
        assert entry["url"].startswith("https://")
        assert len(bytes.fromhex(entry["sha256"])) == 32
        assert entry["bytes"] > 0


@pytest.mark.parametrize("name", sorted(registry()))
def test_the_real_file_is_the_registered_one(name, monkeypatch):
    folder = real_data()
    if not (folder / name).exists():
        pytest.skip(f"{name} is not in the folder of real sets (SEQGRAPH_DATA)")
    monkeypatch.setenv("SEQGRAPH_DATA", str(folder))
    path = fetch(name)
    assert path == folder / name
    assert path.stat().st_size == registry()[name]["bytes"]
