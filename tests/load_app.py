"""Twenty people asking at once: `python -m tests.load_app [--people 20] [--questions 5]`; prints times and memory.

Each person is a session of the app of its own, as a browser opens it (Streamlit's WebSocket), and asks one question after
the other without pausing to read. Measured is the time from sending a question until its answer has come, and until the
page is drawn to its end (with the questions to ask next, which are tried out first).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.app_browser import LOADING, Server, running_app

QUESTIONS = (
    "Tổng thu ngân sách nhà nước năm 2023 là bao nhiêu?",
    "Tổng sản lượng lương thực đạt bao nhiêu tấn?",
    "ty le ho ngheo nam 2023",
    "Giá trị sản xuất ngành xây dựng tăng bao nhiêu so với năm 2022?",
    "Có bao nhiêu trường đạt chuẩn quốc gia?",
    "Vì sao nông dân bỏ ruộng?",
    "Tổng chi ngân sách huyện bằng bao nhiêu phần trăm dự toán?",
    "Giá vàng hôm nay bao nhiêu?",
)
OPENINGS = ("", "Cho hỏi: ", "Xin cho biết: ", "Tôi muốn biết: ", "Đề nghị cho biết: ")
"""Put before the questions, so that most of them are new to the app."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds until the answer had come, and until the page was drawn to its end."""

    answer: float
    page: float


async def ask(connection: ClientConnection, question: str, person: int) -> Asked:
    """Opens the link to a question and waits for the end of the page. Raises `RuntimeError` where no answer came."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode({"hoi": question, "nguoi": person})
    started, answered = time.perf_counter(), 0.0
    await connection.send(message.SerializeToString())
    while True:
        received = ForwardMsg()
        received.ParseFromString(await connection.recv(decode=False))
        delta = received.delta.new_element if received.HasField("delta") else None
        if delta is not None and not answered and delta.WhichOneof("type") in ("feedback", "button_group"):
            answered = time.perf_counter() - started  # the thumbs stand beneath each answer
        if received.HasField("script_finished") and received.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            if not answered:
                raise RuntimeError(f"no answer to {question!r}")
            return Asked(answered, time.perf_counter() - started)


async def person(server: Server, number: int, questions: int) -> list[Asked]:
    """One person: a new session for every question, as from a link."""
    found = []
    for turn in range(questions):
        address = server.address.replace("http", "ws") + "/_stcore/stream"
        async with connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=60) as connection:  # type: ignore[list-item]
            question = OPENINGS[number % len(OPENINGS)] + QUESTIONS[(number + turn) % len(QUESTIONS)]
            found.append(await ask(connection, question, number))
    return found


async def crowd(server: Server, people: int, questions: int) -> tuple[list[Asked], float, float]:
    """All people at once: what each of them met, the seconds that it took, the seconds of a core that it cost."""
    await asyncio.wait_for(person(server, 0, 1), LOADING)  # loads the model
    started, used = time.perf_counter(), processor_seconds(server)
    rows = await asyncio.gather(*(person(server, number, questions) for number in range(people)))
    return [one for row in rows for one in row], time.perf_counter() - started, processor_seconds(server) - used


def memory(server: Server) -> dict[str, float]:
    """MB that the server holds now and has held at most; empty where the system does not tell."""
    try:
        status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    except OSError:
        return {}
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return {label: int(fields[name].split()[0]) / 1024 for label, name in (("nay", "VmRSS"), ("cao nhất", "VmHWM"))}


def processor_seconds(server: Server) -> float:
    """Seconds of one core that the server has used so far; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent of `values` do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def main() -> None:
    """Runs the crowd and prints what it met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--questions", type=int, default=5)
    settings = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder)) as server:
        asked, took, used = asyncio.run(crowd(server, settings.people, settings.questions))
        lines = [f"{settings.people} người cùng lúc, mỗi người {settings.questions} câu liền nhau: {len(asked)} câu trong {took:.1f} s"]
        lines += [f"máy chủ dùng {used / len(asked):.2f} giây nhân cho một câu; tải máy {os.getloadavg()[0]:.1f} trên {os.cpu_count()} nhân"]
        for label, values in (("có câu trả lời", [one.answer for one in asked]), ("trang vẽ xong", [one.page for one in asked])):
            lines.append(f"{label}: trung vị {percentile(values, 50):.2f} s, p95 {percentile(values, 95):.2f} s, lâu nhất {max(values):.2f} s")
        lines += [f"bộ nhớ {label}: {size:.0f} MB" for label, size in memory(server).items()]
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
