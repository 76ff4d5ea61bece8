// The own score beside the machine's and the supervisor's, and for each fault what would have been better.

import { clock, h, icon } from "../dom.js";
import { localMoment, statedMoment } from "../dates.js";
import { AppealForm } from "./appeal.js";
import { wordOf } from "./score.js";

const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };
const GROUPS = ["critical", "dont", "do", "manner"];
const MARKS = { met: "check", not_met: "cross", not_applicable: "dash", not_determinable: "help" };

export class FeedbackPanel {
  constructor(study) {
    this.study = study;
    const { data } = study;
    study.sound.audio.onplay = () => study.other?.pause();
    this.open = study.draft({ open: {} }).open;
    const stands = (one) => one.human ?? one.machine;
    const weight = ({ group }) => GROUPS.indexOf(group);
    const faults = data.criteria.filter((one) => stands(one) === "not_met").sort((a, b) => weight(a) - weight(b));
    this.pieces = faults.flatMap((one) => one.evidence.map((piece) => ({ ...piece, name: one.name, tone: one.group === "critical" ? "critical" : "fault", fault: one.group !== "do" })))
      .filter(({ fault }) => fault);
    const differing = data.criteria.filter((one) => !faults.includes(one) && one.own && one.own !== stands(one));
    const rest = data.criteria.filter((one) => !faults.includes(one) && !differing.includes(one));
    this.element = h("div", { class: "feedback" }, this.summary(faults.length),
      this.part("faults", faults), this.part("differing", differing), this.part("rest", rest));
  }

  summary(faults) {
    const { study } = this;
    const { data } = study;
    const judged = data.criteria.filter((one) => one.own && ["met", "not_met"].includes(one.human ?? one.machine));
    const agreed = judged.filter((one) => one.own === (one.human ?? one.machine)).length;
    const own = data.self ? h("dd", {}, h("strong", {}, judged.length ? `${agreed} / ${judged.length}` : "—"), h("span", {}, study.t("feedback.agreed")))
      : h("dd", {}, h("strong", {}, "—"), h("span", {}, study.t("feedback.not_scored")));
    return h("section", { class: "card panel", "aria-label": study.t("feedback.heading") },
      h("h2", {}, study.t("feedback.heading")),
      h("dl", { class: "three" },
        h("div", {}, h("dt", {}, study.t("feedback.own")), own),
        h("div", {}, h("dt", {}, study.t("feedback.machine")), this.card(data.machine)),
        h("div", {}, h("dt", {}, study.t("feedback.human")), data.human ? this.card(data.human) : h("dd", {}, h("strong", {}, "—"), h("span", {}, study.t("feedback.not_ruled"))))),
      data.self?.note ? h("p", { class: "own-note" }, study.t("feedback.own_note"), " ", data.self.note) : null,
      this.acknowledge(faults));
  }

  card({ score, verdict }) {
    return h("dd", {}, h("strong", {}, score === null ? "—" : String(score)), h("span", { class: `chip tone-${TONES[verdict]}` }, this.study.t(`verdict.${verdict}`)));
  }

  acknowledge(faults) {
    const { study } = this;
    const { acknowledgedAt } = study.data;
    if (acknowledgedAt) return h("p", { class: "done", role: "status" }, icon("check"), study.t("feedback.acknowledged", { when: localMoment(acknowledgedAt, study.data.lang) }));
    return h("div", { class: "ask" }, h("p", {}, study.t(faults ? "feedback.ask" : "feedback.ask_clean")),
      h("button", { class: "button primary", onclick: () => study.trigger("acknowledge", { criterion: "" }) }, icon("check"), study.t("feedback.acknowledge")));
  }

  part(name, found) {
    const { study } = this;
    if (!found.length) return null;
    const heads = h("div", { class: "row heads", "aria-hidden": "true" }, ["criterion", "own", "machine", "human"].map((head) => h("span", {}, study.t(`feedback.${head}`))), h("span"));
    return h("section", { class: "card panel", "aria-label": study.t(`feedback.${name}`) },
      h("h2", {}, study.t(`feedback.${name}`), h("span", { class: "count" }, String(found.length))), heads,
      found.map((one, i) => this.criterion(one, name === "faults" && i === 0)));
  }

  criterion(one, open) {
    const { study } = this;
    const summary = h("summary", {}, h("div", { class: "row" },
      h("span", { class: "name" }, one.name, this.appealed(one)),
      this.outcome(one, one.own, "own"), this.outcome(one, one.machine, "machine"), this.outcome(one, one.human, "human"),
      h("span", { class: "turner" }, icon("chevron"))));
    return h("details", { class: "one", open: this.open[one.id] ?? open, dataset: { criterion: one.id }, ontoggle: (event) => { this.open[one.id] = event.target.open; } },
      summary, h("div", { class: "inside" }, this.inside(one)));
  }

  // How far the last appeal against a criterion has come.
  appealed({ appeals }) {
    if (!appeals.length) return null;
    const { granted } = appeals.at(-1);
    const [tone, key] = granted === null ? ["check", "open"] : granted ? ["merit", "granted"] : ["plain", "refused"];
    return h("span", { class: `chip tone-${tone}` }, this.study.t(`appeal.${key}`));
  }

  outcome(one, outcome, whose) {
    const { study } = this;
    if (!outcome) return h("span", { class: "out none" }, h("span", { class: "visually-hidden" }, `${study.t(`feedback.${whose}`)} `), "—");
    const bad = outcome === "not_met" ? (one.group === "critical" ? "critical" : "fault") : outcome === "met" ? "merit" : "plain";
    return h("span", { class: `out out-${bad}` }, h("span", { class: "visually-hidden" }, `${study.t(`feedback.${whose}`)} `), icon(MARKS[outcome]), study.t(wordOf(one, outcome)));
  }

  inside(one) {
    const { study } = this;
    return [
      one.because ? h("p", { class: "because" }, one.because) : null,
      one.rulings.map(({ reason }) => h("p", { class: "ruling" }, h("strong", {}, study.t("feedback.ruled")), " ", reason)),
      one.evidence.length ? h("div", { class: "evidence" }, one.evidence.map((piece) => this.piece(piece))) : null,
      (one.human ?? one.machine) === "not_met" ? this.better(one) : null,
      one.earlier.length ? h("section", { class: "earlier" }, h("h3", {}, study.t("feedback.earlier")), one.earlier.map((clip) => this.clip(clip))) : null,
      one.appeals.map((appeal) => this.appeal(appeal)),
      study.data.mayAppeal ? new AppealForm(study, one).element : null,
    ];
  }

  better(one) {
    const { study } = this;
    return h("div", { class: "advice" }, icon("bulb"), h("div", {},
      h("p", { class: "advice-head" }, study.t("feedback.better")), h("p", { class: "better" }, one.better),
      h("p", { class: "why" }, one.advice), one.source ? h("p", { class: "source" }, this.source(one.source)) : null));
  }

  // "A1 2.1; A3 四.2": the points with the titles of their articles.
  source(source) {
    const { study } = this;
    const articles = [...new Set(source.match(/A[1-4]/g) ?? [])].map((name) => study.t(`article.${name}`));
    return `${study.t("feedback.source", { point: source })} ${articles.join(" ")}`;
  }

  piece({ turn, at, quote }) {
    const { study } = this;
    return h("button", { class: "piece", onclick: () => study.open(turn, at) },
      h("span", { class: "at" }, icon("play", true), at ? clock(at[0]) : `#${turn + 1}`), h("q", {}, quote));
  }

  clip(clip) {
    const { study } = this;
    const play = clip.sound && clip.at ? () => {
      study.sound.audio.pause();
      study.other ??= new Audio();
      study.other.src = new URL(clip.sound, document.baseURI).href;
      study.other.currentTime = Math.max(0, clip.at[0] - 0.3);
      study.other.ontimeupdate = () => { if (study.other.currentTime > clip.at[1] + 0.4) study.other.pause(); };
      study.other.play();
    } : null;
    return h("div", { class: "clip" },
      play ? h("button", { class: "small", "aria-label": `${study.t("feedback.play_clip")} ${clip.title}`, onclick: play }, icon("play", true), study.t("feedback.play_clip")) : null,
      h("div", {}, h("q", {}, clip.words), h("p", { class: "where" }, h("span", {}, statedMoment(clip.happenedAt, study.data.lang)), " · ", h("span", {}, clip.title))));
  }

  appeal(appeal) {
    const { study } = this;
    const state = appeal.granted === null ? "open" : appeal.granted ? "granted" : "refused";
    return h("div", { class: `appeal appeal-${state}` },
      h("p", {}, h("strong", {}, study.t("appeal.yours")), " ", study.t(`appeal.kind.${appeal.kind}`), h("span", { class: `chip ${{ open: "tone-check", granted: "tone-merit", refused: "tone-fault" }[state]}` }, study.t(`appeal.${state}`))),
      h("p", { class: "words" }, appeal.text),
      appeal.answer ? h("p", { class: "answer" }, h("strong", {}, study.t("appeal.answer")), " ", appeal.answer) : null);
  }

  beside(_turn, i) {
    const found = this.pieces.filter(({ turn }) => turn === i);
    if (!found.length) return null;
    const tone = found.some((piece) => piece.tone === "critical") ? "critical" : "fault";
    const names = [...new Map(found.map((piece) => [piece.name, piece])).values()];
    return { tone, parts: names.map((piece) => h("span", { class: `chip tone-${piece.tone}` }, icon("warn"), piece.name)) };
  }

  changed() {
    this.study.player?.pin(this.pieces);
  }

  stop() {
    this.study.other?.pause();
  }
}
