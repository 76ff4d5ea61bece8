// The reviews under way: stage, share done, time left, and what went wrong in plain words.

import { fill, h, icon, mounted, sameData } from "../dom.js";

const OVER = ["done", "failed", "cancelled"];

export default mounted((root) => new JobList(root));

class JobList {
  constructor(root) {
    this.root = root;
    this.opened = new Set(); // whose details are shown
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    const focus = this.root.getRootNode().activeElement?.dataset.focus;
    this.data = data;
    this.root.replaceChildren(h("div", { class: "all" }, this.notes(), this.tally(), data.jobs.length
      ? h("ul", { class: "jobs" }, data.jobs.map((job) => this.job(job)))
      : h("p", { class: "empty" }, data.empty)));
    if (focus) this.root.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  // What was not begun: files that are here already, or empty.
  notes() {
    const { notes } = this.data;
    if (!notes.length) return null;
    return h("div", { class: "notes", role: "status" }, h("ul", {}, notes.map(({ title, kind, call }) => h("li", {},
      h("span", {}, this.t(`note.${kind}`, { title })),
      call ? h("button", { class: "button", "aria-label": `${this.t("open")} ${title}`, onclick: () => this.trigger("see", call) }, this.t("open")) : null))),
      h("button", { class: "close", "aria-label": this.t("noted"), title: this.t("noted"), onclick: () => this.trigger("noted", true) }, icon("cross")));
  }

  tally() {
    const { jobs } = this.data;
    if (jobs.length < 2) return null;
    const n = (...states) => jobs.filter(({ state }) => states.includes(state)).length;
    return h("div", { class: "tally" }, h("span", { role: "status" }, this.t("tally", { all: jobs.length, done: n("done"), failed: n("failed", "cancelled") })),
      n("done") > 1 ? h("button", { class: "button", onclick: () => this.trigger("tidy", true) }, this.t("clear")) : null);
  }

  job(job) {
    return h("li", { class: `job ${job.state}` },
      h("div", { class: "head" }, h("strong", {}, job.title), h("span", { class: `chip ${TONES[job.state]}` }, this.t(`state.${job.state}`))),
      OVER.includes(job.state) ? null : this.progress(job),
      job.state === "failed" ? this.failure(job) : null,
      h("div", { class: "foot" }, h("span", { class: "left" }, this.left(job)), this.actions(job)));
  }

  progress(job) {
    const percent = Math.round(job.done * 100);
    const at = job.stages.indexOf(job.stage);
    return [
      h("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": percent, "aria-label": job.title },
        h("span", { style: { width: `${percent}%` } })),
      h("ol", { class: "stages" }, job.stages.map((stage, i) =>
        h("li", { class: i < at ? "past" : i === at ? "now" : "", "aria-current": i === at ? "step" : null }, i < at ? icon("check") : null, this.t(`stage.${stage}`)))),
    ];
  }

  failure(job) {
    // "RecordingError.empty": its own words, else those of its class.
    const known = [job.error, job.error?.split(".")[0], "unexpected"].map((name) => `error.${name}`)
      .find((key) => key in this.data.texts);
    return h("div", { class: "failure", role: "alert" }, h("p", {}, this.t(known)),
      job.detail ? h("details", { class: "detail", open: this.opened.has(job.id), ontoggle: (event) => this.opened[event.target.open ? "add" : "delete"](job.id) },
        h("summary", {}, this.t("detail")), job.detail) : null);
  }

  left(job) {
    if (job.state === "waiting") return this.t("turn");
    if (job.state !== "running") return "";
    if (job.left === null) return this.t("estimating");
    return job.left < 90 ? this.t("left_seconds", { n: job.left < 10 ? job.left : Math.round(job.left / 5) * 5 }) : this.t("left_minutes", { n: Math.round(job.left / 60) });
  }

  actions(job) {
    const button = (name, kind = "") => h("button", {
      class: `button ${kind}`, dataset: { focus: `${name} ${job.id}` }, "aria-label": `${this.t(name)} ${job.title}`, onclick: () => this.trigger(name, job.id),
    }, this.t(name));
    if (!OVER.includes(job.state)) return button("cancel");
    const ofFile = ["RecordingError", "TranscriptError"].includes(job.error?.split(".")[0]);
    return [button("dismiss"), button(job.state === "done" ? "open" : "retry", ofFile ? "" : "primary")];
  }
}

const TONES = { waiting: "", running: "tone-check", done: "tone-merit", failed: "tone-critical", cancelled: "" };
