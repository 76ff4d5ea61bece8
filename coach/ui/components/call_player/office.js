// What the office adds to the review: the tab of people, the state of the call, the way to the next one.

import { h, icon } from "../dom.js";
import { BlindForm } from "./blind.js";
import { peoplePanel, waiting } from "./people.js";

// The tabs of a review; a blind second reviewer gets the questions and no judgement.
export function panelsOf(screen, panels) {
  const { office, blind } = screen.data;
  if (blind) return [{ id: "blind", name: screen.t("blind.tab"), body: new BlindForm(screen).element }, ...panels.filter(({ id }) => id === "facts")];
  if (!office) return panels;
  const n = waiting(office);
  return [...panels, { id: "people", name: n ? screen.t("tab.people_n", { n }) : screen.t("tab.people"), body: peoplePanel(screen) }];
}

export function alert(screen) {
  return screen.data.failed ? h("p", { class: "failed tone-critical", role: "alert" }, icon("warn"), screen.data.failed) : null;
}

// In the head: how far people have come, sign-off at a click, and the next call that waits.
export function officeBar(screen) {
  const { office, blind, next } = screen.data;
  if (blind) return h("span", { class: "chip tone-check" }, icon("eye"), screen.t("blind.chip"));
  if (!office?.may || office.solo) return null;
  return h("span", { class: "office-bar" },
    h("span", { class: `chip state-chip state-is-${office.state}` }, screen.t(`office.state.${office.state}`)),
    office.signed ? null : h("button", { class: "export-open", onclick: () => screen.act({ do: "sign", note: "" }) }, icon("check"), screen.t("office.sign")),
    next ? h("button", { class: "export-open", title: screen.t("office.next_title"), onclick: () => screen.trigger("next", true) }, screen.t("office.next"), icon("chevron")) : null);
}

// What the reader has open, so that a decision does not throw him back to the top.
export class Kept {
  constructor(screen) {
    const { root } = screen;
    this.turns = screen.transcript?.list.scrollTop ?? 0;
    this.left = root.querySelector(".left")?.scrollTop ?? 0;
    this.tab = [...root.querySelectorAll("[role=tab]")].findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    this.open = new Map([...(screen.criteria?.items ?? [])].filter(([, item]) => item.tagName === "DETAILS").map(([id, item]) => [id, { open: item.open, state: item.className }]));
    this.apart = [...root.querySelectorAll("details.apart")].map((details) => details.open);
  }

  restore(screen) {
    const { root } = screen;
    for (const [id, { open, state }] of this.open) {
      const item = screen.criteria.items.get(id);
      if (item?.tagName === "DETAILS" && (open || item.className === state)) item.open = open; // what came out otherwise is seen
    }
    [...root.querySelectorAll("details.apart")].forEach((details, i) => {
      if (this.apart[i] !== undefined) details.open = this.apart[i];
    });
    const tabs = root.querySelectorAll("[role=tab]");
    if (tabs[this.tab]) root.querySelector(".tabbed").dispatchEvent(new CustomEvent("choose-tab", { detail: this.tab }));
    root.querySelector(".left").scrollTop = this.left;
    screen.transcript.list.scrollTop = this.turns;
  }
}
