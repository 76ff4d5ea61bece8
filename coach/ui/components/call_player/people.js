// The tab of people: both scores, rulings, appeals, remarks, the sign-off, and where the call belongs.

import { h, icon } from "../dom.js";
import { localMoment } from "../dates.js";
import { reasonForm, select } from "./forms.js";
import { commentLine, nameOf, placeName, rulingLine } from "./rulings.js";

export function peoplePanel(screen) {
  const { office } = screen.data;
  return h("div", { class: "people" },
    appeals(screen), leftBehind(screen), rulings(screen), comments(screen), office.may ? signing(screen) : null, office.may ? filing(screen) : null);
}

// How many things wait in the tab.
export function waiting({ appeals, left }) {
  return appeals.filter(({ granted }) => granted === null).length + left.length;
}

// "Human 82 / machine 74", in the summary.
export function bothScores(screen) {
  const { office } = screen.data;
  if (!office?.human) return null;
  const shown = ({ score, verdict }) => `${score === null ? screen.t("no_score") : score} ${screen.t(`verdict.${verdict}`)}`;
  return h("p", { class: "scores" }, icon("check"),
    h("span", {}, screen.t("office.human_score", { score: shown(office.human) })),
    h("span", { class: "was" }, screen.t("office.machine_score", { score: shown(office.machine) })));
}

function group(screen, key, count, ...children) {
  return h("section", { class: "group" }, h("h2", {}, screen.t(key), count === null ? null : h("span", { class: "count" }, count)), children);
}

function rulings(screen) {
  const all = screen.data.office.rulings;
  const standing = all.filter(({ undone }) => !undone);
  const undone = all.filter((one) => one.undone);
  return group(screen, "office.rulings", all.length ? screen.t("office.n", { n: standing.length }) : null,
    standing.length ? standing.map((one) => rulingLine(screen, one, { named: true })) : h("p", { class: "note" }, screen.t(screen.data.office.may ? "office.no_rulings" : "office.no_rulings_yet")),
    undone.length ? h("details", { class: "apart" }, h("summary", {}, h("span", { class: "turner" }, icon("chevron")), screen.t("office.undone_n", { n: undone.length })),
      undone.map((one) => rulingLine(screen, one, { named: true }))) : null);
}

// Rulings on an earlier review that do not hold on this one: nothing that people decided goes unsaid.
function leftBehind(screen) {
  const { left, may } = screen.data.office;
  if (!left.length) return null;
  return group(screen, "office.left", screen.t("office.n", { n: left.length }),
    h("p", { class: "note" }, screen.t("office.left_lead")),
    left.map((one) => h("div", { class: "left-behind" },
      rulingLine(screen, one, { named: true, past: true }),
      one.quote ? h("p", { class: "quoted" }, `“${one.quote}”`) : null,
      h("p", { class: "why" }, icon("warn"), screen.t(`office.left.${one.why}`)),
      may ? h("div", { class: "ruling-buttons" },
        mayTakeUp(screen, one) ? h("button", { class: "quiet", onclick: () => screen.act({ do: "take_up", id: one.id }) }, icon("check"), screen.t("office.take_up")) : null,
        h("button", { class: "quiet", onclick: () => screen.act({ do: "undo", id: one.id }) }, icon("cross"), screen.t("office.let_go"))) : null)));
}

function mayTakeUp(screen, { criterion, why }) {
  return !["words", "criterion", "evidence"].includes(why) && screen.view.criteria.some(({ id }) => id === criterion);
}

function comments(screen) {
  const { comments: all, closed } = screen.data.office;
  if (closed) return null;
  const place = h("div", { class: "form-place" });
  const write = () => place.replaceChildren(reasonForm(screen, { title: screen.t("office.comment_call"), hint: "office.comment_text", done: (text) => screen.act({ do: "comment", text }) }));
  return group(screen, "office.comments", all.length ? screen.t("office.n", { n: all.length }) : null,
    all.map((one) => commentLine(screen, one, { placed: true })), place,
    h("button", { class: "quiet", onclick: write }, icon("comment"), screen.t("office.comment_call")));
}

function appeals(screen) {
  const { office } = screen.data;
  if (!office.appeals.length) return null;
  return group(screen, "office.appeals", screen.t("office.n", { n: office.appeals.length }), office.appeals.map((one) => appeal(screen, one)));
}

function appeal(screen, one) {
  const criterion = screen.view.criteria.find(({ id }) => id === one.criterion);
  const place = h("div", { class: "form-place" });
  const answer = (granted) => place.replaceChildren(reasonForm(screen, {
    title: screen.t(granted ? "office.grant" : "office.refuse"), parts: granted ? [h("p", { class: "note" }, screen.t(one.kind === "missing_evidence" ? "office.grant_adds" : "office.grant_dismisses"))] : [], hint: "office.answer_text", ready: [`office.reason.answer.${granted ? "granted" : "refused"}`],
    done: (text) => screen.act({ do: "answer", id: one.id, granted, text }),
  }));
  return h("div", { class: `appeal ${one.granted === null ? "open" : ""}` },
    h("p", {}, h("strong", {}, criterion?.name ?? one.criterion), h("span", { class: "chip" }, screen.t(`office.appeal.${one.kind}`)),
      one.turn === null ? null : h("button", { class: "place", onclick: () => screen.open({ turn: one.turn, at: screen.view.turns[one.turn]?.at }) }, placeName(screen, one.turn))),
    h("p", { class: "comment-text" }, one.text),
    h("p", { class: "by-whom" }, `${nameOf(screen, one.by)} · ${localMoment(one.when, screen.data.lang)}`),
    one.granted === null
      ? (screen.data.office.may ? h("div", { class: "ruling-buttons" },
        h("button", { class: "quiet", onclick: () => answer(true) }, icon("check"), screen.t("office.grant")),
        h("button", { class: "quiet", onclick: () => answer(false) }, icon("cross"), screen.t("office.refuse"))) : h("span", { class: "chip tone-check" }, screen.t("office.waits")))
      : h("p", { class: "answer" }, h("span", { class: `chip tone-${one.granted ? "merit" : "fault"}` }, screen.t(one.granted ? "office.granted" : "office.refused_it")),
        h("span", {}, ` ${one.answer}`), h("span", { class: "by-whom" }, ` ${nameOf(screen, one.answeredBy)}`)),
    one.granted === true && ["wrong_words", "wrong_speaker"].includes(one.kind) && screen.data.office.may ? h("p", { class: "note" }, screen.t(`office.granted_note.${one.kind}`)) : null,
    place);
}

function signing(screen) {
  const { office } = screen.data;
  const last = office.signOffs.filter(({ withdrawn }) => !withdrawn).at(-1);
  const place = h("div", { class: "form-place" });
  const sign = () => place.replaceChildren(reasonForm(screen, { title: screen.t("office.sign"), optional: true, hint: "office.sign_note", submit: "office.sign", done: (note) => screen.act({ do: "sign", note }) }));
  return group(screen, "office.sign_off", screen.t(`office.state.${office.state}`),
    office.signed && last
      ? h("div", { class: "signed" }, icon("check"),
        h("span", { class: "grow" }, screen.t("office.signed_by", { who: nameOf(screen, last.by), when: localMoment(last.when, screen.data.lang) }), last.note ? h("span", { class: "reason-given" }, last.note) : null),
        h("button", { class: "small", onclick: () => screen.act({ do: "unsign" }) }, screen.t("office.withdraw")))
      : h("button", { class: "quiet", onclick: sign }, icon("check"), screen.t("office.sign")),
    last?.earlier && !office.signed ? h("p", { class: "note" }, screen.t("office.signed_earlier", { who: nameOf(screen, last.by), when: localMoment(last.when, screen.data.lang) })) : null,
    place);
}

function filing(screen) {
  const { office } = screen.data;
  const parts = [
    office.solo ? null : field(screen, "office.agent", h("select", { "aria-label": screen.t("office.agent"), onchange: (event) => screen.act({ do: "give", agent: event.target.value }) },
      h("option", { value: "", selected: !office.agent }, screen.t("office.nobody")),
      agentChoices(screen).map(({ id, name }) => h("option", { value: id, selected: id === office.agent }, name)))),
    office.solo ? null : second(screen),
    check(screen, "office.hold", office.hold, (on) => screen.act({ do: "hold", on })),
    office.solo ? null : check(screen, "office.clear", office.cleared, (on) => screen.act({ do: "clear", on })),
  ];
  if (office.solo) {
    return h("details", { class: "apart" }, h("summary", {}, h("span", { class: "turner" }, icon("chevron")), screen.t("office.filing")), h("div", { class: "filing" }, parts));
  }
  return group(screen, "office.filing", null, h("div", { class: "filing" }, parts));
}

// The call may still be an agent's who has left.
function agentChoices(screen) {
  const { agents, agent } = screen.data.office;
  const known = !agent || agents.some(({ id }) => id === agent);
  return known ? agents : [...agents, { id: agent, name: nameOf(screen, agent) }];
}

function second(screen) {
  const { raters, seconds } = screen.data.office;
  const asked = seconds.map(({ rater, done }) => h("span", { class: "chip" }, screen.t(done ? "office.second_done" : "office.second_open", { who: nameOf(screen, rater) })));
  const chosen = select(screen.t("office.second"), raters, { empty: screen.t("office.choose") });
  chosen.addEventListener("change", () => chosen.value && screen.act({ do: "second", rater: chosen.value }));
  return field(screen, "office.second", raters.length ? chosen : null, asked);
}

function field(screen, key, ...children) {
  return h("div", { class: "field" }, h("span", { class: "field-name", "aria-hidden": "true" }, screen.t(key)), h("span", { class: "field-value" }, children));
}

function check(screen, key, on, act) {
  return h("label", { class: "check-line" }, h("input", { type: "checkbox", checked: on, onchange: (event) => act(event.target.checked) }),
    h("span", {}, screen.t(key), h("span", { class: "note" }, screen.t(`${key}_note`))));
}
