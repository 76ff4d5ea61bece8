// What a first visit sees: what the tool does, in three steps.

import { h, icon } from "../dom.js";

export function empty(list) {
  const steps = ["one", "two", "three"].map((name, i) =>
    h("li", {}, h("span", { class: "step" }, String(i + 1)), h("div", {}, h("strong", {}, list.t(`empty.${name}`)), h("p", {}, list.t(`empty.${name}_more`)))));
  return h("section", { class: "card welcome" },
    h("span", { class: "badge" }, icon("wave")),
    h("h1", {}, list.t("empty.heading")), h("p", { class: "lead" }, list.t("empty.lead")),
    h("ol", {}, steps),
    h("button", { class: "button primary", onclick: () => list.trigger("add", true) }, icon("plus"), list.t("new")),
    h("p", { class: "private" }, list.t("empty.private")));
}
