// The criteria of the playbook with what became of them, their evidence, and what would have been better.

import { clock, h, icon, unseen } from "../dom.js";
import { pieceButtons, rulingBar } from "./rulings.js";
import { keepInView } from "./scroll.js";

const SHOWN = 5; // pieces of evidence; more are shown when asked for
const GROUPS = ["critical", "dont", "do", "manner"];

export class Criteria {
  constructor(screen) {
    this.screen = screen;
    this.items = new Map();
    this.element = h("div", { class: "criteria" }, this.checkNotice(), GROUPS.map((group) => this.group(group)),
      this.toCheck(), this.apart("not_determinable", true), this.apart("not_applicable", false));
  }

  judged(group) {
    return this.screen.view.criteria.filter((criterion) =>
      criterion.group === group && ["met", "not_met"].includes(criterion.outcome));
  }

  group(group) {
    const { screen } = this;
    const judged = this.judged(group);
    if (!judged.length) return null;
    const good = judged.filter(isGood).length;
    const sorted = [...judged].sort((a, b) => a.credit - b.credit);
    const count = screen.t(group === "do" || group === "manner" ? "count_met" : "count_clean", { n: good, all: judged.length });
    return h("section", { class: "group" },
      h("h2", {}, screen.t(`group.${group}`), h("span", { class: `count ${good === judged.length ? "all" : ""}` }, count)),
      h("ul", { class: "items" }, sorted.map((criterion) => h("li", {}, this.item(criterion)))));
  }

  item(criterion) {
    const { screen } = this;
    const state = stateOf(criterion);
    const better = state !== "good" && state !== "clean";
    const item = h("details", { class: `item state-${state}`, open: state === "fault" || state === "critical" },
      h("summary", {},
        h("span", { class: "mark" }, icon(MARKS[state])),
        h("span", { class: "what" }, h("span", { class: "title" }, criterion.title), h("span", { class: "because" }, criterion.because)),
        h("span", { class: "state" }, screen.t(state === "partly" ? "credit" : `state.${state}`, { n: Math.round(criterion.credit * 100) })),
        h("span", { class: "turner" }, icon("chevron"))),
      h("div", { class: "inside" },
        evidenceList(screen, criterion, criterion.evidence),
        rulingBar(screen, criterion),
        better ? this.advice(criterion) : null,
        this.source(criterion)));
    this.items.set(criterion.id, item);
    return item;
  }

  advice({ better, advice }) {
    const { screen } = this;
    if (!better && !advice) return null;
    return h("div", { class: "advice" }, icon("bulb"),
      h("div", {},
        h("p", { class: "advice-head" }, screen.t("better_wording")),
        better ? h("p", { class: "better" }, `“${better}”`) : null,
        advice ? h("p", { class: "why" }, advice) : null));
  }

  source({ source }) {
    const articles = [...new Set(source.match(/\bA[1-4]\b/g) ?? [])];
    return h("p", { class: "source" }, this.screen.t("source", { point: source }),
      articles.map((article) => h("span", {}, this.screen.t(`article.${article}`))));
  }

  checkNotice() {
    const count = this.screen.marks.filter(({ tone }) => tone === "check").length;
    if (!count) return null;
    return h("button", { class: "notice tone-check", onclick: () => this.checks.scrollIntoView({ block: "nearest" }) },
      icon("eye"), this.screen.t("check_notice", { n: count }));
  }

  // Evidence too weak to count stands by itself: it is a question to a person, not a finding.
  toCheck() {
    const { screen } = this;
    const open = screen.view.criteria.filter(({ toCheck }) => toCheck.length);
    if (!open.length) return null;
    this.checks = h("section", { class: "group checks" },
      h("h2", {}, screen.t("group.check"), h("span", { class: "count" }, screen.t("not_counted"))),
      h("ul", { class: "items" }, open.map((criterion) => h("li", { class: "item flat state-check" },
        h("p", { class: "flat-head" }, h("span", { class: "mark" }, icon("eye")),
          h("span", { class: "title" }, screen.t("could_be", { title: criterion.name }))),
        evidenceList(screen, criterion, criterion.toCheck)))));
    return this.checks;
  }

  apart(outcome, open) {
    const { screen } = this;
    const found = screen.view.criteria.filter((criterion) => criterion.outcome === outcome);
    if (!found.length) return null;
    return h("details", { class: "apart", open },
      h("summary", {}, h("span", { class: "turner" }, icon("chevron")), screen.t(`group.${outcome}`, { n: found.length })),
      h("ul", {}, found.map((criterion) => {
        const item = h("li", {}, h("strong", {}, criterion.title), " ", h("span", {}, criterion.because), rulingBar(screen, criterion));
        this.items.set(criterion.id, item);
        return item;
      })));
  }

  // Show the criterion of a mark that was chosen elsewhere.
  point(id) {
    const item = this.items.get(id);
    if (!item) return;
    for (const other of this.items.values()) other.classList.toggle("pointed", other === item);
    this.element.closest(".tabbed").dispatchEvent(new CustomEvent("choose-tab", { detail: 0 }));
    if (item.tagName === "DETAILS") item.open = true;
    keepInView(item, this.element.closest(".left"));
  }
}

const MARKS = { good: "check", clean: "check", partly: "half", missing: "cross", fault: "warn", critical: "warn" };

function stateOf({ group, outcome, credit }) {
  if (group === "critical" || group === "dont") return outcome === "met" ? "clean" : group === "critical" ? "critical" : "fault";
  if (outcome === "met" && credit >= 1) return "good";
  return credit > 0 ? "partly" : "missing";
}

function isGood(criterion) {
  return ["good", "clean"].includes(stateOf(criterion));
}

function evidenceList(screen, criterion, evidence) {
  if (!evidence.length) return null;
  const rows = evidence.map((piece) => {
    const turn = screen.view.turns[piece.turn];
    const mark = screen.marks.find((m) => m.criterion === criterion.id && m.turn === piece.turn && m.quote === piece.quote);
    const when = piece.at ? clock(piece.at[0]) : screen.t("turn_number", { n: piece.turn + 1 });
    const ruling = piece.tone === "context" ? null : pieceButtons(screen, criterion, piece);
    return h("li", { class: ruling ? "with-ruling" : null }, h("button", {
      class: `piece piece-${piece.tone}`,
      onclick: () => (mark ? screen.openMark(mark) : screen.open(piece)),
    },
    unseen(screen.t(screen.data.sound ? "play" : "go")),
    h("span", { class: "when" }, piece.at && screen.data.sound ? icon("play", true) : null, when),
    h("span", { class: `who role-${turn.role}` }, screen.role(turn.role)),
    h("span", { class: "quote" }, piece.quote)), ruling?.buttons, ruling?.place);
  });
  const list = h("ul", { class: "evidence" }, rows.slice(0, SHOWN));
  if (rows.length > SHOWN) {
    const more = h("button", { class: "more", onclick: () => list.replaceChildren(...rows) }, screen.t("show_more", { n: rows.length - SHOWN }));
    list.append(h("li", {}, more));
  }
  return list;
}
