// The words: final ones plain, tentative ones pale and at the end.

import { clock, h } from "../dom.js";

export function transcript(view, state) {
  const thinking = state.tentative.map((text, channel) => ({ text, channel })).filter((one) => one.text);
  return h("section", { class: "talk card", "aria-label": view.t("words") },
    h("h3", {}, view.t("words"), h("span", { class: "count" }, view.t("tentative_note"))),
    h("div", { class: "words scroll", tabindex: "0", "aria-label": view.t("words") },
      state.turns.length || thinking.length ? null : h("p", { class: "empty" }, view.t("no_words")),
      state.turns.map((turn) => h("p", { class: `turn ${turn.role}` },
        h("span", { class: "who" }, view.t(`role.${turn.role}`), h("span", { class: "at" }, turn.start === null ? "" : clock(turn.start))),
        h("span", { class: "text" }, turn.text))),
      thinking.map((one) => h("p", { class: "turn tentative" }, h("span", { class: "who" }, "…"), h("span", { class: "text" }, one.text)))));
}
