// An agent's own calls: the curve of the scores, the criteria to work on, and the calls themselves.

import { clock, fill, h, icon, mounted, sameData, svg } from "../dom.js";
import { localMoment, shortDay, statedDay, statedMoment } from "../dates.js";

const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };
const [WIDE, TALL, LEFT, TOP] = [640, 190, 34, 12];
const SHOWN = 6;

export default mounted((root) => new Mine(root));

class Mine {
  constructor(root) {
    this.root = root;
    this.criterion = "";
    this.all = false;
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    this.data = data;
    this.build();
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  build() {
    const { data } = this;
    if (!data.calls.length) {
      this.root.replaceChildren(h("div", { class: "page" }, h("section", { class: "card welcome" }, h("span", { class: "badge" }, icon("wave")),
        h("h1", {}, this.t("empty")), h("p", {}, this.t("empty_more")), this.add())));
      return;
    }
    this.root.replaceChildren(h("div", { class: "page" },
      h("div", { class: "top" }, h("h1", {}, this.t("heading")), this.add()),
      data.answered.map((answer) => this.answer(answer)),
      h("div", { class: "two" }, this.progress(), this.criteria()),
      this.calls()));
  }

  add() {
    return h("button", { class: "button primary", onclick: () => this.trigger("add", true) }, icon("plus"), this.t("add"));
  }

  answer({ call, title, criterion, granted, answer }) {
    return h("p", { class: `answer tone-${granted ? "merit" : "check"}`, role: "status" },
      h("span", {}, h("strong", {}, this.t(granted ? "appeal_granted" : "appeal_refused", { criterion })), " ", answer),
      h("button", { class: "button", "aria-label": `${this.t("see")} ${title}`, onclick: () => this.trigger("open", call) }, this.t("see")));
  }

  // The scores of the calls, or the share of a criterion by week.
  progress() {
    const { data } = this;
    const chosen = data.criteria.find(({ id }) => id === this.criterion);
    const select = h("select", { "aria-label": this.t("curve_of"), onchange: (event) => { this.criterion = event.target.value; this.build(); this.root.querySelector(".curve select").focus(); } },
      h("option", { value: "" }, this.t("curve_score")), data.criteria.map(({ id, name }) => h("option", { value: id, selected: id === this.criterion }, name)));
    const points = chosen ? this.weekly(chosen) : this.scores();
    return h("section", { class: "card curve", "aria-label": this.t("progress") },
      h("header", {}, h("h2", {}, this.t("progress")), select),
      points.length ? this.plot(points, chosen) : h("p", { class: "none" }, this.t(data.calls.length ? "no_curve" : "empty")),
      points.length ? h("p", { class: "note" }, chosen ? this.t("curve_week_note") : this.t("curve_note", { n: points.length })) : null);
  }

  scores() {
    return this.data.trend.slice(-40).map(({ id, title, day, score, verdict }, i) =>
      ({ x: i, value: score, tone: TONES[verdict], day, label: `${statedDay(day, this.data.lang)} ${score} ${title}`, open: id }));
  }

  weekly({ weeks, name }) {
    return weeks.map((value, i) => ({ x: i, value, tone: value >= 80 ? "merit" : value >= 50 ? "fault" : "critical", day: this.data.weeks[i],
      label: `${statedDay(this.data.weeks[i], this.data.lang)} ${name} ${value}%` })).filter(({ value }) => value !== null);
  }

  plot(points, chosen) {
    const most = chosen ? this.data.weeks.length - 1 : Math.max(1, points.length - 1);
    const x = (at) => LEFT + 10 + ((WIDE - LEFT - 24) * (points.length === 1 && !chosen ? 0.5 : at / most));
    const y = (value) => TOP + (TALL - TOP - 24) * (1 - value / 100);
    const lines = [0, 50, 100].map((value) => svg("g", { class: "grid" },
      svg("line", { x1: LEFT, x2: WIDE - 4, y1: y(value), y2: y(value) }), text(LEFT - 6, y(value) + 4, chosen ? `${value}%` : String(value), "end")));
    const every = Math.ceil(points.length / 6);
    const year = points.at(-1).day.slice(0, 4);
    const days = points.filter((_, i) => i % every === 0).map(({ x: at, day }) =>
      text(x(at) > WIDE - 40 ? WIDE - 2 : x(at), TALL - 4, shortDay(day, this.data.lang, year), x(at) > WIDE - 40 ? "end" : "middle"));
    const path = svg("polyline", { class: "line", points: points.map(({ x: at, value }) => `${x(at)},${y(value)}`).join(" ") });
    const dots = points.map((point) => {
      const dot = svg("circle", { class: `dot dot-${point.tone}`, cx: x(point.x), cy: y(point.value), r: 5 }, svg("title", {}));
      dot.querySelector("title").textContent = point.label;
      if (point.open) dot.addEventListener("click", () => this.trigger("open", point.open));
      return dot;
    });
    const said = this.t("curve_said", { n: points.length, first: points[0].value, last: points.at(-1).value });
    return svg("svg", { viewBox: `0 0 ${WIDE} ${TALL}`, class: "plot", role: "img", "aria-label": said }, ...lines, ...days, path, ...dots);
  }

  criteria() {
    const { data } = this;
    const shown = this.all ? data.criteria : data.criteria.slice(0, SHOWN);
    return h("section", { class: "card work", "aria-label": this.t("work_on") }, h("header", {}, h("h2", {}, this.t("work_on")), h("span", { class: "note" }, this.t("weeks"))),
      data.criteria.length ? null : h("p", { class: "none" }, this.t("no_criteria")),
      h("ul", {}, shown.map(({ id, name, met, all, weeks }) => h("li", {},
        h("button", { class: "name", "aria-pressed": String(id === this.criterion), onclick: () => { this.criterion = id === this.criterion ? "" : id; this.build(); } }, name),
        spark(weeks), h("span", { class: "share" }, h("span", { class: "visually-hidden" }, `${this.t("met")} `), `${met} / ${all}`)))),
      data.criteria.length > SHOWN ? h("button", { class: "more", onclick: () => { this.all = !this.all; this.build(); } }, this.t(this.all ? "less" : "more", { n: data.criteria.length - SHOWN })) : null);
  }

  calls() {
    return h("section", { class: "card table", "aria-label": this.t("calls") },
      h("div", { class: "row heads", "aria-hidden": "true" }, ["score", "call", "state", "length", "when"].map((name) => h("span", {}, this.t(`head.${name}`)))),
      h("ul", { "aria-label": this.t("calls") }, this.data.calls.map((call) => this.row(call))));
  }

  row(call) {
    const tone = call.verdict ? TONES[call.verdict] : "plain";
    const when = call.stated ? statedMoment(call.when, this.data.lang) : localMoment(call.when, this.data.lang);
    return h("li", { class: "row" },
      h("span", { class: `score score-${tone}` }, call.scored ? (call.score === null ? "—" : String(call.score)) : "?"),
      h("button", { class: "open", onclick: () => this.trigger("open", call.id) }, h("span", { class: "title" }, call.title)),
      h("span", { class: "chips" }, this.state(call)),
      h("span", { class: "num" }, call.duration ? clock(call.duration) : this.t("written")),
      h("span", { class: "num" }, when));
  }

  state(call) {
    const chips = [];
    if (!call.scored) chips.push(h("span", { class: "chip todo" }, this.t("to_score")));
    else chips.push(h("span", { class: `chip tone-${TONES[call.verdict]}` }, this.t(`verdict.${call.verdict}`)));
    if (call.scored && call.state !== "new") chips.push(h("span", { class: "chip" }, this.t(`state.${call.state}`)));
    if (call.appeals) chips.push(h("span", { class: "chip tone-check" }, this.t("appealed", { n: call.appeals })));
    return chips;
  }
}

function text(x, y, words, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = words;
  return made;
}

function spark(weeks) {
  const bars = weeks.map((value, i) => svg("rect", { x: i * 7, y: value === null ? 18 : 20 - Math.max(2, value / 5), width: 5, height: value === null ? 2 : Math.max(2, value / 5), class: value === null ? "nothing" : value >= 80 ? "good" : value >= 50 ? "some" : "few" }));
  return svg("svg", { viewBox: `0 0 ${weeks.length * 7} 20`, class: "spark", "aria-hidden": "true" }, ...bars);
}
