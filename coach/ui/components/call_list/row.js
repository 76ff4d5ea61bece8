// One call of the inbox, with the moments in which the wanted words were said.

import { clock, h, icon, unseen } from "../dom.js";
import { localMoment, statedMoment } from "../dates.js";

const TONES = { pass: "merit", needs_work: "fault", fail: "critical", not_assessed: "plain" };
const LEAD = 14; // characters before the first words that were found

export function row(list, call) {
  const tone = TONES[call.verdict];
  return h("li", { class: "row", dataset: { call: call.id } },
    h("span", { class: `score score-${tone}` }, call.score === null ? "—" : String(call.score)),
    h("div", { class: "named" },
      h("button", { class: "open", onclick: () => list.open(call) }, h("span", { class: "title" }, call.title), h("span", { class: "added" }, about(list, call))),
      call.moments.length ? moments(list, call) : null),
    h("span", { class: "chips" }, h("span", { class: `chip tone-${tone}` }, list.t(`verdict.${call.verdict}`)), findings(list, call)),
    h("span", { class: "kind" }, playbook(list, call)),
    h("span", { class: "num" }, call.duration ? clock(call.duration) : list.t("written")),
    h("span", { class: "num" }, call.startedAt ? statedMoment(call.startedAt, list.data.lang) : "—"),
    list.data.may ? h("button", { class: "remove", "aria-label": list.t("remove", { title: call.title }), title: list.t("remove_short"), onclick: () => list.trigger("remove", call.id) }, icon("bin")) : null);
}

function about(list, call) {
  const parts = list.data.solo
    ? [list.t("added", { when: localMoment(call.addedAt, list.data.lang) })]
    : [call.agent ?? list.t("nobody"), list.t(`state.${call.state}`)];
  if (call.ruled) parts.push(list.t("both", { human: call.score ?? "—", machine: call.machineScore ?? "—" }));
  return parts.join(" · ");
}

function findings(list, call) {
  const { texts } = list.data;
  return [
    call.critical.map((id) => h("span", { class: "chip critical-mark" }, icon("warn"), list.t(`critical.${id}` in texts ? `critical.${id}` : "critical.other", { title: id }))),
    call.appeals ? h("span", { class: "chip tone-check" }, icon("comment"), list.t("appeals", { n: call.appeals })) : null,
    call.doubts ? h("span", { class: "chip tone-check" }, icon("eye"), list.t("doubts", { n: call.doubts })) : null,
  ];
}

function playbook(list, { playbook: book, language }) {
  const name = `playbook.${book}` in list.data.texts ? list.t(`playbook.${book}`) : book;
  const spoken = ["zh", "en"].includes(language) ? list.t(`language.${language}`) : language;
  return `${name} · ${spoken}`;
}

function moments(list, call) {
  return h("ul", { class: "moments", "aria-label": list.t("moments") }, call.moments.map((moment) => h("li", {},
    h("button", { class: "moment", onclick: () => list.open(call, moment.start) }, unseen(list.t("open_at")),
      h("span", { class: "when" }, moment.start === null ? list.t("turn", { n: moment.turn + 1 }) : clock(moment.start)),
      h("span", { class: `who role-${moment.role}` }, moment.who),
      h("span", { class: "said" }, marked(moment))))),
    call.more ? h("li", { class: "more" }, list.t("more")) : null);
}

// The words that were found, marked; a long turn begins a little before the first of them.
function marked({ text, spans }) {
  const from = Math.max(0, (spans[0]?.[0] ?? 0) - LEAD);
  const parts = [from > 0 ? "…" : ""];
  let at = from;
  for (const [start, end] of spans) {
    if (start < at) continue;
    parts.push(text.slice(at, start), h("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}
