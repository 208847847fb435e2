"""The student's process: it runs cells and calls, and answers with values: evidence, never a verdict."""

import socket
import sys
import traceback
from typing import Any

import torch

from classroom.checks import Student, check
from classroom.inside.cells import Output, run_cell
from classroom.wire.channel import Channel, WireClosed, WireError
from classroom.wire.decode import Decoder
from classroom.wire.encode import Encoder
from classroom.wire.values import Handle

TEXT = 2000
HANDLES = 100_000
TOOLS = Student()
ITEMS = 10_000


class Tools(Student):
    """What a student's own cells may use of the checks: all but running a text as code."""

    def define(self, source: str, name: str) -> Any:
        raise NotImplementedError("student.define is for the checks only")


class Desk:
    """The student's names, and the objects that the judge holds by number."""

    def __init__(self, channel: Channel, output_kb: int) -> None:
        self.channel, self.output_kb = channel, output_kb
        self.names: dict[str, Any] = {"__name__": "__main__", "check": check, "student": Tools()}
        self.objects: list[Any] = []

    def handle(self, value: Any) -> Handle:
        if len(self.objects) >= HANDLES:
            raise WireError("too many objects")
        self.objects.append(value)
        return Handle(
            len(self.objects) - 1, "function" if callable(value) else "object", type(value).__name__[:100]
        )

    def find(self, handle: Handle) -> Any:
        return self.objects[handle.number]

    def answer(self, request: dict[str, Any], blob: memoryview) -> tuple[dict[str, Any], bytes]:
        """Return the reply to one request, whatever the student's code does."""
        reply: dict[str, Any] = {"id": request.get("id")}
        try:
            decoder = Decoder(blob, self.find)
            arguments = {name: decoder.decode(value) for name, value in request["with"].items()}
            encoder = Encoder(self.handle, self.channel.blob_bytes)
            reply["value"] = encoder.encode(getattr(self, "do_" + request["do"])(**arguments))
            return reply, bytes(encoder.blob)
        except BaseException as error:
            reply.pop("value", None)
            reply["error"] = describe(error)
            return reply, b""

    def do_run(self, source: str, label: str) -> tuple[str, str]:
        output = Output(self.output_kb * 1024)
        error = run_cell(source, label, self.names, output)
        return output.text(), error and describe(error)[1]

    def do_find(self, name: str) -> list[Any]:
        return [self.names[name]] if name in self.names else []

    def do_call(self, function: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        return function(*arguments, **named)

    def do_attribute(self, thing: Any, name: str) -> Any:
        return getattr(thing, name)

    def do_item(self, thing: Any, key: Any) -> Any:
        return thing[key]

    def do_length(self, thing: Any) -> int:
        return len(thing)

    def do_items(self, thing: Any) -> list[Any]:
        found = []
        for item in thing:
            found.append(item)
            if len(found) > ITEMS:
                raise WireError(f"more than {ITEMS} items")
        return found

    def do_grad(self, f: Any, arguments: list[Any], wrt: Any, cotangent: Any, output: Any) -> Any:
        return TOOLS.grad(f, *arguments, wrt=wrt, cotangent=cotangent, output=output)

    def do_call_many(self, f: Any, calls: list[Any]) -> list[Any]:
        return [f(*arguments) for arguments in calls]

    def do_arguments_after(self, f: Any, arguments: list[Any]) -> Any:
        return f(*arguments), tuple(arguments)

    def do_raises(self, f: Any, arguments: list[Any]) -> Any:
        return TOOLS.raises(f, *arguments)

    def do_state_dict(self, module: Any) -> dict[str, Any]:
        return dict(module.state_dict())

    def do_load_state_dict(self, module: Any, tensors: dict[str, Any]) -> None:
        module.load_state_dict(tensors)

    def do_define(self, source: str, name: str) -> Any:
        names = dict(self.names)
        exec(compile(source, "<given by the test>", "exec"), names)
        return names[name]


def describe(error: BaseException) -> list[str]:
    """Return an exception's class name and, in a few lines, where it came from."""
    try:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith("<cell")]
        where = "".join(f"  {frame.filename[1:-1]}, line {frame.lineno}\n" for frame in frames[-3:])
        name = type(error).__name__
        return [name[:100], f"{name}: {str(error)[:TEXT]}\n{where}".strip()[:TEXT]]
    except BaseException:
        return ["Exception", "an error that cannot be shown"]


def serve(connection: socket.socket, reply_mb: float, output_kb: int) -> None:
    """Answer requests until the judge hangs up."""
    channel = Channel(connection, reply_mb)
    desk = Desk(channel, output_kb)
    torch.manual_seed(0)
    sys.argv = ["notebook"]
    while True:
        try:
            request, blob = channel.receive()
        except (WireClosed, WireError):
            return
        meta, arrays = desk.answer(request, blob)
        try:
            channel.send(meta, arrays)
        except WireError as error:
            channel.send({"id": meta["id"], "error": ["WireError", str(error)]})
