"""The app: `streamlit run app.py`."""

from __future__ import annotations

import logging
from pathlib import Path

import streamlit as st

from rag.pages import navigation

_ICON = Path(__file__).parent / ".streamlit" / "icon.png"


def main() -> None:
    """Draws the chosen page; what nobody foresaw is logged and said in one sentence."""
    # The icon comes before the pages are named: the browser would otherwise fetch a picture of a page's icon from Google.
    st.set_page_config(
        page_title="Hỏi đáp báo cáo",
        page_icon=str(_ICON),
        menu_items={"About": "Hỏi đáp, tra cứu và đối chiếu số liệu của báo cáo kinh tế - xã hội. Chạy ngay trên máy này."},
    )
    chosen = st.navigation([navigation.page(place) for place in navigation.PLACES], position="top")
    st.set_page_config(layout="wide" if chosen.url_path in navigation.WIDE else "centered")
    try:
        chosen.run()
    except Exception:
        logging.getLogger(__name__).exception("the page %s failed", chosen.url_path or "/")
        st.error("Có lỗi ngoài dự kiến trên trang này. Hãy tải lại trang; nếu lỗi lặp lại, xin báo người quản trị.", icon=":material/error:")


main()
