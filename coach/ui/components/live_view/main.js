// A call while it goes on: one cue large, the words, the checklist; and levels, time, share of talk and lag.

import { clock, fill, h, icon, mounted, sameData } from "../dom.js";
import { afterwards } from "./after.js";
import { DrillPart, waits } from "./drill.js";
import { meters } from "./meters.js";
import { transcript } from "./transcript.js";

export default mounted((root) => new LiveView(root));

class LiveView {
  constructor(root) {
    this.root = root;
    this.drill = null;
  }

  update({ data, setTriggerValue }) {
    this.trigger = setTriggerValue;
    if (this.data && sameData(this.data, data)) return;
    const before = this.data;
    this.data = data;
    if (data.phase === "live" && data.state) this.live(data.state, before);
    else {
      this.stop();
      this.parts = null;
      this.root.replaceChildren(afterwards(this));
    }
  }

  // Each part is drawn anew only when what it shows has changed: a button stays the same between the press and
  // the release of the mouse, and a cue is read out once.
  live(state, before) {
    if (!this.parts || before?.lang !== this.data.lang) this.root.replaceChildren(this.skeleton());
    const { status, elapsed, levels, shares, lag, marks, turns, tentative, lines, fresh, cues } = state;
    if (this.data.drill) (this.drill ??= new DrillPart(this)).update(state);
    const said = turns.some((turn) => turn.start !== null);
    this.head.className = `head card ${status}`;
    this.draw("status", [status, Math.floor(elapsed)], () => this.status(state));
    this.draw("meters", [levels, shares, lag], () => meters(this, state));
    this.draw("actions", [status, marks.length, waits(state)], () => this.actions(state));
    this.draw("notices", [state.lost, state.deaf, status, Math.round(lag), state.language], () => this.notices(state));
    this.draw("cue", [fresh, this.data.drill && status], () => this.cue(fresh, state));
    this.draw("talk", [turns, tentative], () => this.talk(state));
    this.draw("list", [lines, said], () => (this.drill ? this.drill.points(lines, said) : this.checklist(lines)));
    this.draw("earlier", [cues, fresh], () => this.earlier(state));
  }

  skeleton() {
    this.parts = {};
    const part = (name, kind = "") => (this.parts[name] = { node: h("div", { class: kind }), key: null }).node;
    this.head = h("div", { class: "head card" }, part("status"), part("meters", "grow"), part("actions"));
    return h("section", { class: "live", "aria-label": this.data.title }, this.head, part("notices"),
      h("div", { class: "body" }, h("div", { class: "main" }, part("cue"), part("talk")),
        h("aside", { class: "side" }, part("list"), part("earlier"))));
  }

  draw(name, value, make) {
    const part = this.parts[name];
    const key = JSON.stringify([value]);
    if (part.key === key) return;
    part.key = key;
    part.node.replaceChildren(...[make()].flat().filter(Boolean));
  }

  // Draw a part again though the session's state is as before.
  redraw(name) {
    if (!this.parts) return;
    this.parts[name].key = null;
    this.live(this.data.state, this.data);
  }

  ask(what) {
    this.trigger("ask", what);
  }

  stop() {
    this.drill?.stop();
    this.drill = null;
  }

  talk(state) {
    const made = transcript(this, state);
    requestAnimationFrame(() => {
      const words = made.querySelector(".words");
      words.scrollTop = words.scrollHeight;
    });
    return made;
  }

  t(key, values = {}) {
    return fill(this.data.texts[key], values);
  }

  status(state) {
    return h("div", { class: "status" },
      h("span", { class: "light", "aria-hidden": "true" }),
      h("div", {}, h("strong", { class: "time" }, clock(state.elapsed)), h("span", { class: "what" }, this.t(this.data.drill && waits(state) ? "drill.waiting" : `status.${state.status}`))));
  }

  actions(state) {
    const paused = state.status === "paused";
    const over = !["listening", "paused"].includes(state.status);
    const button = (name, text, kind = "") => h("button", {
      class: `button ${kind}`, disabled: over, dataset: { focus: name }, onclick: () => this.ask(name),
    }, text);
    if (this.data.drill) return h("div", { class: "actions" }, h("button", { class: "button primary", disabled: over || waits(state), dataset: { focus: "stop" }, onclick: () => this.ask("stop") }, this.t("drill.stop")));
    return h("div", { class: "actions" },
      button(paused ? "resume" : "pause", [icon(paused ? "play" : "pause", paused), this.t(paused ? "resume" : "pause")]),
      button("mark", [icon("plus"), this.t(state.marks.length ? "marked" : "mark", { n: state.marks.length })]),
      button("stop", this.t("stop"), "primary"));
  }

  notices(state) {
    const found = [];
    if (state.lost.some(Boolean)) found.push(["fault", this.t("lost")]);
    if (state.deaf) found.push(["fault", this.t("deaf")]);
    if (state.status === "disk_full") found.push(["critical", this.t("disk_full")]);
    if (state.lag > 3) found.push(["check", this.t("behind", { n: Math.round(state.lag) })]);
    if (state.language && !["zh", "en"].includes(state.language)) found.push(["check", this.t("other_language")]);
    return found.length ? h("div", { class: "notices", role: "status" }, found.map(([tone, text]) => h("p", { class: `notice tone-${tone}` }, icon("warn"), text))) : null;
  }

  cue(cue, state) {
    const line = this.drill ? this.drill.line(state) : null;
    if (line) return cue ? [line, this.raised(cue)] : line;
    if (!cue) return h("div", { class: "cue quiet", "aria-live": "polite" }, icon("check"), h("p", {}, this.t("all_well")));
    return this.raised(cue);
  }

  raised(cue) {
    const fault = cue.kind === "fault";
    return h("div", { class: `cue ${fault ? (cue.critical ? "critical" : "fault") : "reminder"}`, role: fault ? "alert" : "status" },
      h("div", { class: "cue-head" }, icon(fault ? "warn" : "bulb"), h("strong", {}, this.t(fault ? "fault" : "reminder", { title: cue.title })),
        h("span", { class: "at" }, clock(cue.raised_at))),
      h("p", { class: "say" }, h("span", { class: "label" }, this.t("say")), cue.better),
      h("p", { class: "quote" }, this.t(fault ? "you_said" : "they_said"), h("q", {}, cue.quote)));
  }

  checklist(lines) {
    const all = lines.filter((line) => line.kind === "do");
    const dos = all.filter((line) => line.state !== "unneeded");
    const rest = all.filter((line) => line.state === "unneeded");
    const donts = lines.filter((line) => line.kind === "dont");
    const met = dos.filter((line) => line.state === "met").length;
    return h("section", { class: "list card", "aria-label": this.t("checklist") },
      h("h3", {}, this.t("checklist"), h("span", { class: "count" }, this.t("met_of", { n: met, all: dos.length }))),
      h("ul", { class: "dos" }, [...dos, ...rest].map((line) => h("li", { class: line.state }, icon(MARKS[line.state]), line.title, h("span", { class: "visually-hidden" }, this.t(`line.${line.state}`))))),
      h("h3", {}, this.t("avoid")),
      h("ul", { class: "donts" }, donts.map((line) => h("li", { class: `chip ${line.state === "fault" ? (line.critical ? "tone-critical" : "tone-fault") : ""}` },
        line.state === "fault" ? icon("warn") : null, line.title))));
  }

  earlier(state) {
    const cues = state.cues.filter((cue) => !state.fresh || cue.raised_at !== state.fresh.raised_at || cue.criterion !== state.fresh.criterion);
    if (!cues.length) return null;
    return h("section", { class: "earlier card", "aria-label": this.t("earlier") },
      h("h3", {}, this.t("earlier"), h("span", { class: "count" }, String(state.cue_count))),
      h("ol", { class: "scroll" }, cues.slice().reverse().map((cue) => h("li", { class: cue.kind === "fault" ? (cue.critical ? "critical" : "fault") : "reminder" },
        h("span", { class: "at" }, clock(cue.raised_at)), h("span", {}, h("strong", {}, cue.title), h("span", { class: "better" }, cue.better))))));
  }
}

const MARKS = { met: "check", partly: "half", open: "dash", unneeded: "dash" };
