"""What can go wrong on the way to a searchable index. Every message is one Vietnamese sentence for the user."""

from __future__ import annotations

import errno
from collections.abc import Sequence


class IndexFault(RuntimeError):
    """The model or the index cannot be used; the message says why and what to do next."""


class ModelError(IndexFault):
    """The embedding model cannot be unpacked, found or loaded."""


class StoreError(IndexFault):
    """The stored index is missing, stale or damaged and could not be rebuilt."""


class UnknownReport(IndexFault):
    """A search named a report that the index does not hold."""

    def __init__(self, report: str, known: Sequence[str]) -> None:
        super().__init__(f"Không có báo cáo nào mang mã “{report}”; hiện có: {', '.join(known)}.")


def disk_sentence(error: OSError, place: object) -> str:
    """One Vietnamese sentence for a failed write to `place`."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Ổ đĩa không còn đủ chỗ để ghi vào {place}; hãy giải phóng dung lượng rồi chạy lại."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Không có quyền ghi vào {place}; hãy cấp quyền hoặc chọn thư mục khác."
    return f"Không ghi được vào {place} ({error.strerror or error})."
