// Which calls are wanted: views that come with the inbox, saved ones, and every single filter.

import { statedDay } from "../dates.js";
import { h, icon } from "../dom.js";

const STATES = ["new", "in_review", "signed", "acknowledged"];
const LANGUAGES = ["zh", "en"];
const FLAGS = ["critical", "appealed", "doubtful", "ruled"];
const READY = {
  all: {}, waiting: { states: ["new", "in_review"] }, appealed: { appealed: true }, critical: { critical: true }, doubtful: { doubtful: true },
};
const SOLO = ["all", "critical", "doubtful"];

export class Filters {
  constructor(list) {
    this.list = list;
    this.views = h("div", { class: "views", role: "group", "aria-label": list.t("views") });
    this.button = h("button", { class: "button filter-button", "aria-expanded": "false", onclick: () => this.toggle() });
    this.panel = h("div", { class: "card filters", role: "group", "aria-label": list.t("filters"), hidden: true });
    this.chips = h("div", { class: "active-filters" });
  }

  draw() {
    const { list } = this;
    const { data } = list;
    const focused = list.root.getRootNode().activeElement?.dataset?.name;
    const set = this.set();
    this.views.replaceChildren(...this.ready(), ...data.views.map((view) => this.saved(view)), this.keep(set.length > 0));
    this.button.replaceChildren(icon("filter"), set.length ? list.t("filters_n", { n: set.length }) : list.t("filters"));
    this.panel.replaceChildren(...this.fields());
    this.chips.replaceChildren(...(set.length && this.panel.hidden ? [...set.map((one) => this.chip(one)), h("button", { class: "clear", onclick: () => list.ask({}, { typed: true }) }, list.t("clear"))] : []));
    if (focused) this.panel.querySelector(`[data-name="${focused}"]`)?.focus();
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.draw();
    if (open) this.panel.querySelector("select, input")?.focus();
  }

  // Filters beside the verdict and the search, which are seen anyway: [name, words].
  set() {
    const { list } = this;
    const { filters, agents, texts } = list.data;
    const called = (options, ids) => ids.map((id) => options.find((one) => one.id === id)?.name ?? id).join(list.t("and"));
    const found = [];
    if (filters.agents?.length) found.push(["agents", called(agents, filters.agents)]);
    if (filters.playbooks?.length) found.push(["playbooks", filters.playbooks.map((id) => texts[`playbook.${id}`] ?? id).join(list.t("and"))]);
    if (filters.languages?.length) found.push(["languages", filters.languages.map((id) => texts[`language.${id}`] ?? id).join(list.t("and"))]);
    if (filters.states?.length) found.push(["states", filters.states.map((id) => list.t(`state.${id}`)).join(list.t("and"))]);
    if (filters.since) found.push(["since", list.t("since_day", { day: statedDay(filters.since, list.data.lang) })]);
    if (filters.until) found.push(["until", list.t("until_day", { day: statedDay(dayBefore(filters.until), list.data.lang) })]);
    if (filters.criterion) found.push(["criterion", list.t("with_criterion", { title: filters.criterion_title ?? filters.criterion })]);
    for (const flag of FLAGS) if (filters[flag]) found.push([flag, list.t(`flag.${flag}`)]);
    return found;
  }

  chip([name, words]) {
    const { list } = this;
    return h("button", { class: "chip filter-chip", title: list.t("take_off"), onclick: () => this.change(name, null) }, words, icon("cross"));
  }

  change(name, value) {
    const { [name]: _, ...rest } = this.list.data.filters;
    if (name === "criterion") delete rest.outcome;
    this.list.ask(value === null || value === "" || value === false ? rest : { ...rest, [name]: value });
  }

  ready() {
    const { list } = this;
    const names = Object.keys(READY).filter((name) => !list.data.solo || SOLO.includes(name));
    return names.map((name) => h("button", {
      class: "view", "aria-pressed": String(list.data.view === `ready:${name}`),
      onclick: () => list.ask(READY[name], { order: "risk", view: `ready:${name}`, typed: false }),
    }, list.t(`view.${name}`)));
  }

  saved({ name, filters, order }) {
    const { list } = this;
    const chosen = list.data.view === `own:${name}`;
    return h("span", { class: "view-pair" },
      h("button", { class: "view", "aria-pressed": String(chosen), onclick: () => list.ask(filters, { order, view: `own:${name}`, typed: false }) }, name),
      chosen ? h("button", { class: "view-forget", "aria-label": list.t("forget_view", { name }), title: list.t("forget_view", { name }), onclick: () => list.trigger("forget", name) }, icon("cross")) : null);
  }

  // A name for the filters as they are.
  keep(any) {
    const { list } = this;
    const { filters, view } = list.data;
    if (view || !(any || filters.text || filters.title || filters.verdicts?.length)) return "";
    if (!this.naming) return h("button", { class: "view keep", onclick: () => { this.naming = true; this.draw(); this.views.querySelector("input").focus(); } }, icon("plus"), list.t("save_view"));
    const input = h("input", { type: "text", maxlength: 60, "aria-label": list.t("view_name"), placeholder: list.t("view_name") });
    const done = () => { this.naming = false; this.draw(); };
    return h("form", {
      class: "naming", onkeydown: (event) => { if (event.key === "Escape") done(); },
      onsubmit: (event) => { event.preventDefault(); if (!input.value.trim()) return; this.naming = false; list.trigger("save", input.value.trim()); },
    }, input, h("button", { type: "submit", class: "button tiny" }, list.t("save")));
  }

  fields() {
    const { list } = this;
    const { filters, agents, playbooks, texts, solo } = list.data;
    const choice = (name, options) => h("label", { class: "filter" }, list.t(`by.${name}`),
      h("select", { dataset: { name }, onchange: (event) => this.change(name, event.target.value ? [event.target.value] : null) },
        h("option", { value: "" }, list.t("any")), options.map(([id, words]) => h("option", { value: id, selected: filters[name]?.[0] === id }, words))));
    const day = (name, shown, value) => h("label", { class: "filter" }, list.t(`by.${name}`),
      h("input", { type: "date", dataset: { name }, value: shown ?? "", onchange: (event) => this.change(name, value(event.target.value)) }));
    return [
      solo ? null : choice("agents", agents.map(({ id, name }) => [id, name])),
      choice("playbooks", playbooks.map((id) => [id, texts[`playbook.${id}`] ?? id])),
      choice("languages", LANGUAGES.map((id) => [id, texts[`language.${id}`]])),
      choice("states", STATES.map((id) => [id, list.t(`state.${id}`)])),
      day("since", filters.since, (chosen) => chosen || null),
      day("until", filters.until && dayBefore(filters.until), (chosen) => chosen && dayAfter(chosen)),
      h("div", { class: "flags" }, FLAGS.filter((flag) => !solo || flag !== "appealed").map((flag) => h("label", {},
        h("input", { type: "checkbox", dataset: { name: flag }, checked: Boolean(filters[flag]), onchange: (event) => this.change(flag, event.target.checked) }), list.t(`flag.${flag}`)))),
    ].filter(Boolean);
  }
}

// The store's "until" is the day after the last one.
const shifted = (day, by) => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
const dayBefore = (day) => shifted(day, -1);
const dayAfter = (day) => shifted(day, 1);
