// Who speaks: the machine's guess, a person's word on it, and the way back.

import { h, icon } from "../dom.js";
import { statedMoment } from "../dates.js";

const PARTIES = ["agent", "customer", "third_party"];

// A line in the summary: whether the speakers are a guess, or who corrected them and what the machine said.
export function speakersLine(screen) {
  const { guessed, changes, machine } = screen.view.speakers;
  const ask = (what) => screen.trigger("speakers", what);
  if (changes.length) {
    const { by, at } = changes[changes.length - 1];
    const who = by === "local" ? screen.t("speakers.here") : by;
    const score = machine.score === null ? screen.t("no_score") : String(machine.score);
    return h("p", { class: "speakers" }, icon("check"),
      h("span", { class: "grow" }, screen.t("speakers.changed", { who, when: statedMoment(at, screen.data.lang) }),
        h("span", { class: "was" }, screen.t("speakers.machine", { score, verdict: screen.t(`verdict.${machine.verdict}`) }))),
      screen.data.mayCorrect ? h("button", { class: "small", onclick: () => ask({ do: "undo" }) }, screen.t("speakers.undo")) : null);
  }
  if (!guessed || !screen.data.mayCorrect) return null;
  return h("p", { class: "speakers" }, icon("wave"),
    h("span", { class: "grow" }, screen.t(screen.view.call.channels === 1 ? "speakers.guessed_mono" : "speakers.guessed")),
    h("button", { class: "small", onclick: () => ask({ do: "confirm" }) }, screen.t("speakers.right")),
    h("button", { class: "small", onclick: () => ask({ do: "swap" }) }, screen.t("speakers.swap")));
}

// The name of a turn's party; clicking it offers to give the turn, or the whole party, to another.
export function speakerName(screen, turn, i) {
  if (!screen.data.mayCorrect) return h("span", { class: `who role-${turn.role}` }, screen.role(turn.role));
  const button = h("button", {
    class: `who role-${turn.role}`, "aria-haspopup": "menu", "aria-expanded": "false", title: screen.t("speakers.change"),
    onclick: () => menu(screen, button, turn, i),
  }, screen.role(turn.role), icon("chevron"));
  return button;
}

function menu(screen, button, turn, i) {
  if (screen.menu) {
    const same = screen.menu.button === button;
    screen.menu.close();
    if (same) return;
  }
  const choose = (what) => {
    close();
    screen.trigger("speakers", what);
  };
  const others = PARTIES.filter((role) => role !== turn.role);
  const item = (text, what) => h("li", { role: "none" }, h("button", { role: "menuitem", onclick: () => choose(what) }, text));
  const list = h("ul", { class: "who-menu", role: "menu", "aria-label": screen.t("speakers.change") },
    h("li", { class: "title", role: "none" }, screen.t("speakers.this_turn")),
    others.map((role) => item(screen.role(role), { do: "turn", turn: i, role })),
    h("li", { class: "title", role: "none" }, screen.t("speakers.whole_party", { role: screen.role(turn.role) })),
    others.map((role) => item(screen.role(role), { do: "party", from: turn.role, role })),
    h("li", { class: "title", role: "none" }, screen.t("speakers.both")),
    item(screen.t("speakers.swap"), { do: "swap" }));
  const away = (event) => {
    if (!event.composedPath().includes(list) && !event.composedPath().includes(button)) close();
  };
  const keys = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      close();
      button.focus();
    }
    const items = [...list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(event.target);
    items[(at + step + items.length) % items.length].focus();
  };
  const close = () => {
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away, true);
    screen.menu = null;
  };
  list.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", away, true);
  button.setAttribute("aria-expanded", "true");
  button.after(list);
  screen.menu = { button, close };
  list.querySelector("button").focus();
  list.scrollIntoView({ block: "nearest" });
}
