// A hard line of a customer, and how the answer to it was judged; which of the two, `part` says.

import { fill, h, icon, mounted, sameData } from "../dom.js";
import { Sound } from "../call_player/sound.js";

const REACHED = { done: ["good", "check", "merit"], partly: ["partly", "half", "check"], missing: ["missing", "cross", "fault"] };

export default mounted((root) => new Drill(root));

class Drill {
  constructor(root) {
    this.root = root;
    this.sound = new Sound();
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    this.data = data;
    this.root.replaceChildren(data.part === "scene" ? this.scene() : this.result());
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  scene() {
    const { line } = this.data;
    this.opened(line);
    return h("section", { class: "card scene", "aria-label": this.t("line") },
      h("div", { class: "top" }, h("button", { class: "back", onclick: () => this.trigger("back", true) }, icon("back"), this.t("back")),
        h("span", { class: `chip kind-${line.kind}` }, this.t(`kind.${line.kind}`))),
      h("p", { class: "before-head" }, this.t("before")),
      h("ol", { class: "before" }, line.before.map(({ role, text }) => h("li", {}, h("span", { class: `role-${role}` }, this.t(`role.${role}`)), h("span", {}, text)))),
      h("div", { class: "said" }, h("p", { class: "role-customer" }, this.t("line")), h("blockquote", { lang: line.language === "zh" ? "zh-CN" : "en" }, line.line),
        line.sound ? h("button", { class: "button", onclick: () => this.sound.again() }, icon("play", true), this.t("play")) : h("p", { class: "silent" }, this.t("no_sound"))),
      h("p", { class: "trains" }, this.t("trains"), " ", line.trains.map((name) => h("span", { class: "chip" }, name))));
  }

  // The line is said when one comes to it; a browser that does not let a page begin leaves the button.
  opened(line) {
    if (this.shown === line.id) return;
    this.shown = line.id;
    this.sound.load(line.sound);
    if (line.sound) this.sound.again();
  }

  result() {
    const { judged, waiting, failed } = this.data;
    const body = waiting ? h("p", { class: "waiting", role: "status" }, h("span", { class: "spin", "aria-hidden": "true" }), this.t(waiting))
      : failed ? h("p", { class: "failure", role: "alert" }, this.t(`failed.${failed}`))
        : judged ? this.judged(judged) : h("p", { class: "none" }, this.t("lead"));
    return h("section", { class: `card result ${this.data.said ? "alone" : ""}`, "aria-label": this.t("result") }, h("h2", {}, this.t("result")), body);
  }

  judged(judged) {
    const { lang } = this.data;
    return [
      this.data.said ? h("div", { class: "answer" }, h("p", { class: "small-head" }, this.t("line")), h("p", { class: "words" }, this.data.said)) : null,
      h("div", { class: "score-line" }, h("strong", { class: judged.score >= 80 ? "good" : judged.score >= 50 ? "some" : "few", role: "status" }, String(judged.score)), h("span", {}, this.t("points"))),
      h("div", { class: "answer" }, h("p", { class: "small-head" }, this.t("you_said")), h("p", { class: "words" }, judged.answer)),
      h("ul", { class: "points" }, judged.points.map(({ name, reached }) => {
        const [word, mark, tone] = REACHED[reached];
        return h("li", {}, h("span", { class: `chip tone-${tone}` }, icon(mark), this.t(word)), name);
      })),
      judged.faults.length ? h("ul", { class: "points", "aria-label": this.t("faults") }, judged.faults.map(({ name, critical }) => h("li", {}, h("span", { class: `chip tone-${critical ? "critical" : "fault"}` }, icon("warn"), this.t("faults")), name)))
        : h("p", { class: "clean" }, icon("check"), this.t("no_fault")),
      judged.doubtful.length ? h("ul", { class: "points" }, judged.doubtful.map(({ name }) => h("li", {}, h("span", { class: "chip tone-check" }, icon("eye"), this.t("doubtful")), name))) : null,
      judged.better.map(({ name, words, advice, source }) => h("div", { class: "advice" }, icon("bulb"), h("div", {},
        h("p", { class: "small-head" }, `${name} · ${this.t("better")}`), h("p", { class: "better" }, words), h("p", { class: "why" }, advice), h("p", { class: "source" }, this.source(source))))),
      h("details", { class: "model", open: judged.score < 100 }, h("summary", {}, this.t("model")), h("p", {}, judged.model)),
      h("div", { class: "foot" },
        this.data.again ? h("button", { class: "button", onclick: () => this.trigger("again", true) }, this.t("again")) : null,
        h("button", { class: "button primary", onclick: () => this.trigger("next", true) }, this.t("next"), icon("chevron"))),
    ].filter(Boolean).flat();
  }

  source(source) {
    const articles = [...new Set(source.match(/A[1-4]/g) ?? [])].map((name) => this.data.articles[name]);
    return `${source} ${articles.join(" ")}`;
  }

  stop() {
    this.sound.stop();
  }
}
