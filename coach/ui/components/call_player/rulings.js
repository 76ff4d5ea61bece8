// What people rule on the machine's findings: beside each criterion, each piece of evidence and each turn.

import { clock, h, icon } from "../dom.js";
import { localMoment } from "../dates.js";
import { reasonForm, select } from "./forms.js";

const READY = {
  confirm: ["clear", "context"],
  dismiss: ["misheard", "wrong_speaker", "other_meaning", "repeated"],
  add: ["overlooked", "tone"],
  outcome: ["whole", "not_here"],
};
const OUTCOMES = ["met", "not_met", "not_applicable", "not_determinable"];

export const mayRule = (screen) => Boolean(screen.data.office?.may);

export function nameOf(screen, account) {
  return screen.data.office.names[account] ?? screen.t("office.somebody");
}

const readyFor = (kind) => READY[kind].map((name) => `office.reason.${kind}.${name}`);

function openRulings(screen, criterion) {
  return (screen.data.office?.rulings ?? []).filter((one) => !one.undone && one.criterion === criterion);
}

// The line below a criterion: what people decided, and the buttons to decide.
export function rulingBar(screen, criterion) {
  const made = openRulings(screen, criterion.id);
  if (!mayRule(screen) && !made.length) return null;
  const place = h("div", { class: "form-place" });
  const ask = (kind) => place.replaceChildren(reasonForm(screen, {
    title: screen.t(`office.do.${kind}`, { title: criterion.name }), ready: readyFor(kind),
    parts: kind === "outcome" ? [outcomes] : [],
    done: (reason) => screen.act({ do: "rule", kind, criterion: criterion.id, reason, outcome: kind === "outcome" ? outcomes.value : null }),
  }));
  const outcomes = select(screen.t("office.outcome"), OUTCOMES.filter((one) => one !== criterion.outcome).map((id) => ({ id, name: outcomeName(screen, criterion, id) })));
  const seen = criterion.evidence.length > 0;
  return h("div", { class: "ruling" },
    machineSaid(screen, criterion),
    made.map((one) => rulingLine(screen, one)),
    mayRule(screen) ? h("div", { class: "ruling-buttons" },
      seen && !made.some(({ kind, turn }) => kind === "confirm" && turn === null) ? button(screen, "check", "confirm", () => screen.act(confirmation(screen, criterion))) : null,
      seen ? button(screen, "cross", "dismiss", () => ask("dismiss")) : null,
      button(screen, "half", "outcome", () => ask("outcome"))) : null,
    place);
}

function confirmation(screen, criterion) {
  return { do: "rule", kind: "confirm", criterion: criterion.id, reason: screen.t("office.reason.confirm.clear") };
}

function button(screen, picture, kind, act) {
  return h("button", { class: "quiet", onclick: act }, icon(picture), screen.t(`office.${kind}`));
}

export function outcomeName(screen, { group }, outcome) {
  const fault = ["critical", "dont"].includes(group);
  return screen.t(`office.outcome.${["met", "not_met"].includes(outcome) ? (fault ? "fault" : "do") : "any"}.${outcome}`);
}

function machineSaid(screen, criterion) {
  const was = screen.data.office.was[criterion.id];
  if (!was) return null;
  return h("p", { class: "both" },
    h("span", {}, screen.t("office.human_says", { outcome: outcomeName(screen, criterion, criterion.outcome) })),
    h("span", { class: "was" }, screen.t("office.machine_says", { outcome: outcomeName(screen, criterion, was) })));
}

// `past`: its turn is one of an earlier review, and its seconds are the place.
export function rulingLine(screen, one, { named = false, past = false } = {}) {
  const place = past ? (one.at ? ` · ${clock(one.at[0])}` : "") : one.turn === null ? "" : ` · ${placeName(screen, one.turn)}`;
  const criterion = screen.view.criteria.find(({ id }) => id === one.criterion);
  return h("p", { class: `ruled ruled-${one.kind} ${one.undone ? "undone" : ""}` },
    icon({ confirm: "check", dismiss: "cross", add: "plus", outcome: "half" }[one.kind]),
    h("span", { class: "grow" },
      h("strong", {}, named ? screen.t(`office.did.${one.kind}`, { title: criterion?.name ?? one.criterion }) : screen.t(`office.did_short.${one.kind}`), place),
      one.outcome && criterion ? h("span", {}, ` → ${outcomeName(screen, criterion, one.outcome)}`) : null,
      h("span", { class: "reason-given" }, one.reason),
      h("span", { class: "by-whom" }, `${nameOf(screen, one.by)} · ${localMoment(one.when, screen.data.lang)}${one.undone ? ` · ${screen.t("office.undone")}` : ""}${one.carried && !past ? ` · ${screen.t("office.carried")}` : ""}`)),
    mayRule(screen) && !one.undone && !past ? h("button", { class: "small", onclick: () => screen.act({ do: "undo", id: one.id }) }, screen.t("office.undo")) : null);
}

export function placeName(screen, turn) {
  const at = screen.view.turns[turn]?.at;
  return at ? clock(at[0]) : screen.t("turn_number", { n: turn + 1 });
}

// Beside a piece of evidence: take just this one back, or let what was to be checked count.
export function pieceButtons(screen, criterion, piece) {
  if (!mayRule(screen)) return null;
  const open = piece.tone === "check";
  const place = h("div", { class: "form-place" });
  const rule = (kind) => place.replaceChildren(reasonForm(screen, {
    title: screen.t(`office.do_piece.${kind}`, { title: criterion.name, place: placeName(screen, piece.turn) }), ready: readyFor(kind),
    done: (reason) => screen.act({ do: "rule", kind, criterion: criterion.id, turn: piece.turn, reason }),
  }));
  const named = (kind) => screen.t(`office.piece.${kind}`, { place: placeName(screen, piece.turn) });
  const buttons = h("span", { class: `piece-buttons ${open ? "asked" : ""}` },
    open ? h("button", { class: "quiet yes", "aria-label": named("confirm"), title: named("confirm"), onclick: () => rule("confirm") }, icon("check"), screen.t("office.yes")) : null,
    h("button", { class: "quiet no", "aria-label": named("dismiss"), title: named("dismiss"), onclick: () => rule("dismiss") }, icon("cross"), open ? screen.t("office.no") : null));
  return { buttons, place };
}

// In a turn: a finding that the machine overlooked, or a remark.
export function turnButtons(screen, turn, i) {
  const { office } = screen.data;
  if (!office || office.closed) return null;
  const place = h("div", { class: "form-place" });
  const add = () => {
    const quote = chosenWords(screen, i);
    const criteria = select(screen.t("office.criterion"), screen.view.criteria.filter(({ group }) => group !== "manner").map(({ id, name, group }) => ({ id, name: `${screen.t(`group.${group}`)} · ${name}` })));
    place.replaceChildren(reasonForm(screen, {
      title: screen.t("office.add_here", { place: placeName(screen, i) }), ready: readyFor("add"),
      parts: [criteria, quote ? h("p", { class: "quoted" }, `“${quote}”`) : null],
      done: (reason) => screen.act({ do: "rule", kind: "add", criterion: criteria.value, turn: i, quote, at: turn.at, reason }),
    }));
  };
  const remark = () => place.replaceChildren(reasonForm(screen, {
    title: screen.t("office.comment_at", { place: placeName(screen, i) }), hint: "office.comment_text",
    done: (text) => screen.act({ do: "comment", text, turn: i, at: turn.at ? turn.at[0] : null }),
  }));
  const tool = (picture, key, act) => h("button", { class: "turn-tool", "aria-label": screen.t(key, { place: placeName(screen, i) }), title: screen.t(key, { place: placeName(screen, i) }), onclick: act }, icon(picture));
  return {
    buttons: h("span", { class: "turn-tools" }, office.may && turn.role === screen.view.call.coached ? tool("flag", "office.add_here", add) : null, tool("comment", "office.comment_at", remark)),
    place: h("div", {}, office.comments.filter((one) => one.turn === i).map((one) => commentLine(screen, one)), place),
  };
}

// The words of that turn that the reader has marked; empty: the whole turn.
function chosenWords(screen, i) {
  const root = screen.root.getRootNode();
  const chosen = (root.getSelection ? root.getSelection() : document.getSelection())?.toString().trim() ?? "";
  return chosen && screen.view.turns[i].text.includes(chosen) ? chosen : "";
}

export function commentLine(screen, one, { placed = false } = {}) {
  return h("div", { class: "comment" }, icon("comment"),
    h("div", { class: "grow" },
      h("p", { class: "comment-text" }, one.text),
      h("p", { class: "by-whom" }, `${nameOf(screen, one.by)} · ${localMoment(one.when, screen.data.lang)}`)),
    placed && one.turn !== null ? h("button", { class: "place", onclick: () => screen.open({ turn: one.turn, at: screen.view.turns[one.turn].at }) }, placeName(screen, one.turn)) : null,
    one.mine ? h("button", { class: "small", "aria-label": screen.t("office.delete_comment"), title: screen.t("office.delete_comment"), onclick: () => screen.act({ do: "uncomment", id: one.id }) }, icon("bin")) : null);
}
