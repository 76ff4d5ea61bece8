// Calibration: my blind reviews, the calls of the week to look at, and how far raters agree.

import { fill, h, icon, mounted, sameData } from "../dom.js";
import { localMoment, statedDay } from "../dates.js";
import { saveFile, takeButtons } from "../files.js";

const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };
const GOOD = 0.8; // Krippendorff: reliable from here, tentative from 0.667
const FAIR = 0.667;

export default mounted((root) => new Calibration(root));

class Calibration {
  constructor(root) {
    this.root = root;
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    // A busy server may not have heard which week was chosen: it is told again until it shows that week.
    if (this.week === data.week) this.week = null;
    else if (this.week) this.trigger("week", this.week);
    if (this.data && sameData(this.data, data)) return;
    this.data = data;
    const focused = this.root.getRootNode().activeElement?.dataset?.name;
    this.root.replaceChildren(h("div", { class: "page" }, h("div", { class: "top" }, h("h1", {}, this.t("title")), h("p", { class: "note" }, this.t("lead"))),
      data.failed ? h("p", { class: "failed tone-critical", role: "alert" }, icon("warn"), data.failed) : null,
      this.mine(), this.sample(), this.agreement(), this.others(), this.rules()));
    if (focused) this.root.querySelector(`[data-name="${focused}"]`)?.focus();
    if (data.file) saveFile(data.file);
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  section(key, tools, ...children) {
    return h("section", { class: "card part", "aria-label": this.t(key) },
      h("header", {}, h("h2", {}, this.t(key)), h("p", { class: "note" }, this.t(`${key}_note`)), h("span", { class: "space" }), tools), children);
  }

  take(kind) {
    return takeButtons((form) => this.trigger("export", { kind, form }), (form) => this.t(`export.${kind}`, { form }));
  }

  mine() {
    const { mine, lang } = this.data;
    return this.section("mine", null, mine.length
      ? h("ul", { class: "lines" }, mine.map((one) => h("li", { class: "line" },
        h("span", { class: "what" }, one.title), h("span", { class: "soft" }, this.t("asked_by", { who: one.by, when: localMoment(one.when, lang) })),
        h("button", { class: "button primary tiny", onclick: () => this.trigger("open", one.call) }, this.t("begin")))))
      : h("p", { class: "nothing" }, icon("check"), this.t("none_mine")));
  }

  sample() {
    const { plan, week, weeks, sample, raters, lang } = this.data;
    const number = (name, value, most, step) => h("label", { class: "field" }, this.t(`plan.${name}`),
      h("input", { type: "number", min: name === "perAgent" ? 1 : 0, max: most, step, value, dataset: { name }, onchange: (event) => this.trigger("plan", { ...plan, [name]: Number(event.target.value) }) }));
    const weekChoice = h("label", { class: "field" }, this.t("plan.week"), h("select", { dataset: { name: "week" }, onchange: (event) => { this.week = event.target.value; this.trigger("week", this.week); } },
      weeks.map((one) => h("option", { value: one, selected: one === (this.week ?? week) }, this.t("week_of", { day: statedDay(one, lang) })))));
    const rater = h("select", { dataset: { name: "rater" }, onchange: (event) => { this.rater = event.target.value; this.tell(); } }, h("option", { value: "" }, this.t("nobody_yet")),
      raters.map(({ id, name }) => h("option", { value: id, selected: id === this.rater }, name)));
    this.assigners = [];
    const assign = (calls, words, small) => {
      const button = h("button", { class: small ? "small" : "button tiny", disabled: !this.rater, onclick: () => this.trigger("assign", { calls, rater: this.rater }) }, words);
      this.assigners.push(button);
      return button;
    };
    const free = sample.filter(({ asked }) => !asked.length).map(({ id }) => id);
    return this.section("sample", sample.length ? this.take("sample") : null,
      h("div", { class: "plan" }, number("perAgent", plan.perAgent, 20, 1), number("risky", plan.risky, 100, 10), weekChoice,
        h("label", { class: "field" }, this.t("plan.rater"), rater), free.length ? assign(free, this.t("assign_all", { n: free.length }), false) : null),
      sample.length ? h("ul", { class: "lines" }, sample.map((one) => h("li", { class: "line sampled" },
        h("span", { class: `chip tone-${TONES[one.verdict]}` }, one.score === null ? "—" : String(one.score)),
        h("button", { class: "what", onclick: () => this.trigger("open", one.id) }, one.title),
        h("span", { class: "soft" }, one.agent),
        h("span", { class: "soft" }, this.t(one.signed ? "signed" : "unsigned")),
        h("span", { class: "asked" }, one.asked.length ? one.asked.map((who) => h("span", { class: "chip" }, icon("eye"), who)) : assign([one.id], this.t("assign"), true)))))
        : h("p", { class: "nothing" }, icon("help"), this.t("no_sample")));
  }

  tell() {
    for (const button of this.assigners) button.disabled = !this.rater;
  }

  agreement() {
    const { agreement } = this.data;
    if (!agreement.calls) return this.section("agreement", null, h("p", { class: "nothing" }, icon("help"), this.t("no_agreement")));
    const columns = ["criterion", "n", "people_share", "people_kappa", "alpha_people", "machine_share", "machine_kappa", "alpha_all"];
    const cells = (row) => [h("td", {}, String(row.n)), share(row.people), figure(row.people.kappa), figure(row.alphaPeople), share(row.machine), figure(row.machine.kappa), figure(row.alphaAll)];
    const share = ({ share: value }) => h("td", {}, value === null ? "—" : `${Math.round(100 * value)}%`);
    const figure = (value) => h("td", { class: value === null ? "" : value >= GOOD ? "good" : value >= FAIR ? "fair" : "poor" }, value === null ? "—" : value.toFixed(2));
    return this.section("agreement", this.take("agreement"),
      h("div", { class: "wide scroll", tabindex: 0, role: "region", "aria-label": this.t("agreement") }, h("table", {},
        h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col", title: this.t(`column.${name}.note`) }, this.t(`column.${name}`))))),
        h("tbody", {}, h("tr", { class: "whole" }, h("th", { scope: "row" }, this.t("whole")), cells(agreement.all)),
          agreement.rows.map((row) => h("tr", {}, h("th", { scope: "row" }, row.name), cells(row)))))),
      h("p", { class: "note" }, this.t("agreement_how", { n: agreement.calls })));
  }

  others() {
    const { others, lang } = this.data;
    if (!others.length) return null;
    return this.section("others", null, h("ul", { class: "lines" }, others.map((one) => h("li", { class: "line" },
      h("span", { class: "what" }, one.title), h("span", { class: "soft" }, `${one.rater} · ${localMoment(one.when, lang)}`),
      h("span", { class: `chip ${one.done ? "tone-merit" : "tone-check"}` }, this.t(one.done ? "done" : "open_still"))))));
  }

  // What the whole office goes by.
  rules() {
    return this.section("rules", null, h("label", { class: "check-line" },
      h("input", { type: "checkbox", checked: this.data.scoresFirst, dataset: { name: "scoresFirst" }, onchange: (event) => this.trigger("rule", { scoresFirst: event.target.checked }) }),
      h("span", {}, this.t("rules.scores_first"), h("span", { class: "note" }, this.t("rules.scores_first_note")))));
  }
}
