"""Call Coach's page: ``streamlit run app.py``."""

from streamlit.starlette import App

from coach.ui.server import SCRIPT, middleware, routes

app = App(SCRIPT, routes=routes(), middleware=middleware())

if __name__ == "__main__":
    app.run()
