# The commands of the project; CI runs the same ones. `make app` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: app test lint types unit index screenshots clean

app: $(VENV)/app.stamp index
	$(BIN)/streamlit run app.py

index: $(VENV)/app.stamp
	$(BIN)/python -m index build

test: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m corpus verify
	$(BIN)/python -m index build
	$(BIN)/python -m pytest

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

screenshots: $(VENV)/test.stamp index
	$(BIN)/python -m tests.screenshots

$(VENV)/app.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên; hãy chạy lại với, ví dụ, PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: requirements.txt tests/requirements.txt $(VENV)/app.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

clean:
	rm -rf $(VENV) index/store
