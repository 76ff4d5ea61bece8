// Before the first sound, while the whole call is reviewed, and what live and review said differently.

import { clock, h, icon } from "../dom.js";

export function afterwards(view) {
  const { phase } = view.data;
  const body = phase === "done" ? done(view) : phase === "failed" ? failed(view) : waiting(view);
  return h("section", { class: "after card", "aria-label": view.data.title }, body);
}

function waiting(view) {
  const reviewing = view.data.phase === "reviewing";
  const percent = Math.round((view.data.done ?? 0) * 100);
  return [
    h("h2", {}, view.t(reviewing ? "reviewing" : "starting")),
    h("p", { class: "soft" }, view.t(reviewing ? "reviewing_note" : "starting_note")),
    reviewing && view.data.stage ? h("p", {}, view.data.texts[`stage.${view.data.stage}`]) : null,
    h("div", { class: `bar ${reviewing && view.data.stage ? "" : "endless"}`, role: "progressbar", "aria-label": view.t(reviewing ? "reviewing" : "starting") },
      h("span", { style: { width: reviewing && view.data.stage ? `${percent}%` : "30%" } })),
  ];
}

function failed(view) {
  const kinds = [view.data.error, view.data.error?.split(".")[0], "unexpected"].map((name) => `error.${name}`);
  const known = kinds.find((key) => key in view.data.texts);
  return [
    h("h2", {}, view.t("failed")),
    h("p", { role: "alert" }, view.t(known)),
    view.data.detail ? h("p", { class: "soft detail" }, view.data.detail) : null,
    h("div", { class: "foot" }, h("button", { class: "button primary", onclick: () => view.trigger("close", "yes") }, view.t("back"))),
  ];
}

function done(view) {
  const { faults, dos } = view.data.differences;
  const title = (criterion) => view.data.titles[criterion] ?? view.data.texts[`criterion.${criterion}`] ?? criterion;
  return [
    h("h2", {}, icon("check"), view.t("done")),
    h("p", { class: "soft" }, view.t("done_note")),
    h("div", { class: "foot" },
      h("button", { class: "button primary", onclick: () => view.trigger("open", "yes") }, view.t("open")),
      h("button", { class: "button", onclick: () => view.trigger("close", "yes") }, view.t("again"))),
    h("h3", {}, view.t("differences")),
    faults.length || dos.length ? null : h("p", { class: "soft" }, view.t("no_differences")),
    faults.length ? h("ul", { class: "differences" }, faults.map((fault) => h("li", {},
      h("span", { class: "at" }, clock(fault.at.start)), h("strong", {}, title(fault.criterion)),
      h("span", { class: `chip ${TONES[fault.seen_by]}` }, view.t(`seen_by.${fault.seen_by}`))))) : null,
    dos.length ? h("ul", { class: "differences" }, dos.map((one) => h("li", {},
      h("span", { class: "at" }, ""), h("strong", {}, title(one.criterion)),
      h("span", { class: "chip" }, view.t(one.review === "met" ? "do.only_review" : "do.only_live"))))) : null,
  ];
}

const TONES = { both: "tone-merit", live: "tone-check", review: "tone-fault" };
