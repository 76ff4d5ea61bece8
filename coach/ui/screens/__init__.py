"""The screens, one a file, each with a ``show``; Streamlit would take a folder ``pages`` for its own."""
