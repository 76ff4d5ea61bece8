"""What Streamlit runs for every visit and every click: the frame, then the page that was asked for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coach.ui import resources
from coach.ui.components import mount
from coach.ui.frame import frame_style
from coach.ui.going import arrived, go_to
from coach.ui.keeping import keeper
from coach.ui.rooms import rooms
from coach.ui.screens import admin, calibration, calls, dashboard, guide, live, mine, new, practice, review
from coach.ui.screens.studio import show as show_studio
from coach.ui.speak import choose, language, t, texts
from coach.ui.watching import folder_watch

arrived()
st.set_page_config(page_title=t("app.title"), page_icon=Path(__file__).parent / "icon.png", layout="wide")
st.html(f"<style>{frame_style()}</style>")

keeper()
folder_watch()  # goes on with the folder after a restart
actor = resources.current_actor()
found = rooms(actor)
starts = {"calls": calls.show, "mine": mine.show, "practice": practice.show}
pages = {
    # Where he begins has no name of its own: Streamlit answers the name of a default page with "not found".
    "home": st.Page(starts[found[0]], title=t("app.title"), url_path="home", default=True),
    "calls": st.Page(calls.show, title=t("bar.page.calls"), url_path="calls"),
    "mine": st.Page(mine.show, title=t("bar.page.mine"), url_path="mine"),
    "practice": st.Page(practice.show, title=t("bar.page.practice"), url_path="practice"),
    "team": st.Page(dashboard.show, title=t("bar.page.team"), url_path="team"),
    "calibration": st.Page(calibration.show, title=t("bar.page.calibration"), url_path="calibration"),
    "new": st.Page(new.show, title=t("bar.page.new"), url_path="new"),
    "live": st.Page(live.show, title=t("bar.page.live"), url_path="live"),
    "review": st.Page(review.show, title=t("app.title"), url_path="review"),
    "studio": st.Page(show_studio, title=t("bar.page.studio"), url_path="studio"),
    "admin": st.Page(admin.show, title=t("bar.page.admin"), url_path="admin"),
    "help": st.Page(guide.show, title=t("bar.page.help"), url_path="help"),
}
# Who has no library goes back to the page where he begins.
st.session_state["pages"] = pages if "calls" in found else {**pages, "calls": pages[found[0]]}
here = st.navigation(list(pages.values()), position="hidden")
place = next(name for name, page in pages.items() if page.url_path == here.url_path)

bar = mount(
    "top_bar",
    key="top_bar",
    data={
        "lang": language(),
        "here": found[0] if place == "home" else place,
        "pages": list(found),
        "paths": list(pages),
        "texts": texts("bar"),
        "account": {"name": actor.name, "out": t("login.out")}
        if resources.people().sign_in_needed()
        else None,
    },
    triggers=("go", "language"),
)
if bar.language:
    choose(bar.language)
    st.rerun()
if bar.go in pages:
    go_to(bar.go)

here.run()
