// The small form in which a person says what he decides and why: a few ready reasons, and words of his own.

import { h } from "../dom.js";

// `parts` are further fields; `done` is called with the reason. The form takes the place of none other: one is open.
export function reasonForm(screen, { title, ready = [], parts = [], optional = false, hint = "office.reason_own", submit = "office.save", done }) {
  screen.form?.close();
  const chosen = new Set();
  const own = h("textarea", { rows: 2, "aria-label": screen.t(hint), placeholder: screen.t(hint), maxlength: 2000, oninput: () => check() });
  const chips = ready.map((key) => {
    const text = screen.t(key);
    const chip = h("button", { type: "button", class: "reason", "aria-pressed": "false", onclick: () => toggle(chip, text) }, text);
    return chip;
  });
  const save = h("button", { type: "submit", class: "button primary tiny", disabled: !optional }, screen.t(submit));
  const form = h("form", { class: "ruling-form", "aria-label": title, onsubmit: (event) => send(event), onkeydown: (event) => key(event) },
    h("p", { class: "form-title" }, title), parts,
    chips.length ? h("div", { class: "reasons", role: "group", "aria-label": screen.t("office.reasons") }, chips) : null,
    own,
    h("div", { class: "form-buttons" }, save, h("button", { type: "button", class: "button tiny", onclick: () => close(true) }, screen.t("office.cancel"))));

  function toggle(chip, text) {
    if (!chosen.delete(text)) chosen.add(text);
    chip.setAttribute("aria-pressed", String(chosen.has(text)));
    check();
  }

  function reason() {
    return [...chosen, own.value.trim()].filter(Boolean).join(screen.t("office.joint"));
  }

  function check() {
    save.disabled = !optional && !reason();
  }

  function send(event) {
    event.preventDefault();
    if (!optional && !reason()) return;
    save.disabled = true;
    close(false);
    done(reason());
  }

  function key(event) {
    event.stopPropagation();
    if (event.key === "Escape") close(true);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  }

  function close(back) {
    form.remove();
    screen.form = null;
    if (back) opener?.focus();
  }

  const opener = screen.root.getRootNode().activeElement;
  screen.form = { close: () => close(false) };
  queueMicrotask(() => {
    (chips[0] ?? form.querySelector("select, input") ?? own).focus();
    form.scrollIntoView({ block: "nearest" });
  });
  return form;
}

export function select(label, options, { value = "", empty = null } = {}) {
  return h("select", { "aria-label": label }, empty === null ? null : h("option", { value: "" }, empty),
    options.map(({ id, name, group }) => h("option", { value: id, selected: id === value, "data-group": group }, name)));
}
