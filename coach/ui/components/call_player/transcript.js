// The words of the call, with the ones that carry a finding marked, following the sound.

import { clock, h, icon, unseen } from "../dom.js";
import { money, shortDay } from "../dates.js";
import { worse } from "./marks.js";
import { turnButtons } from "./rulings.js";
import { keepInView } from "./scroll.js";
import { speakerName } from "./speakers.js";

const SPOKEN = "coach-spoken";
const LONG_SILENCE = 3;
const FEW_DOUBTS = 2;
const QUIET = ["pii", "corrected", "unclear", "number"]; // kinds of span that judge nobody

export class Transcript {
  constructor(screen) {
    this.screen = screen;
    this.following = true;
    this.current = -1;
    this.rows = screen.view.turns.map((turn, i) => this.row(turn, i));
    this.list = h("ol", { class: "turns scroll", tabindex: 0, "aria-label": screen.t("transcript") }, this.withSilences());
    this.list.addEventListener("wheel", () => this.setFollowing(false), { passive: true });
    this.list.addEventListener("touchmove", () => this.setFollowing(false), { passive: true });
    this.followButton = h("button", { class: "small", "aria-pressed": "true", onclick: () => this.setFollowing(!this.following) }, screen.t("follow"));
    this.markedButton = h("button", { class: "small", "aria-pressed": "false", onclick: () => this.onlyMarked() }, screen.t("only_marked"));
    this.heardButton = this.corrections() ? this.asHeardButton() : null;
    this.element = h("section", { class: "transcript card", "aria-label": screen.t("transcript") },
      h("header", {}, h("h2", {}, screen.t("transcript")), h("span", { class: "count" }, screen.t("turns", { n: this.rows.length })),
        h("span", { class: "space" }), this.heardButton, this.markedButton, screen.data.sound ? this.followButton : null),
      this.rows.length ? this.list : h("p", { class: "empty" }, screen.t("no_turns")));
    this.starts = screen.view.turns.map(({ at }) => (at ? at[0] : null));
  }

  row(turn, i) {
    const { screen } = this;
    const marks = screen.marks.filter((mark) => mark.turn === i);
    const tone = marks.reduce((worst, mark) => worse(worst, mark.tone), null);
    const text = h("p", { class: "text" }, pieces(screen, turn, marks));
    const when = turn.at ? clock(turn.at[0]) : screen.t("turn_number", { n: i + 1 });
    const tools = turnButtons(screen, turn, i);
    return h("li", { class: `turn role-line-${turn.role} ${tone ? `has-${tone}` : ""}`, dataset: { turn: String(i) } },
      h("button", { class: "when", onclick: () => screen.open({ turn: i, at: turn.at }) }, unseen(screen.t("go")), when,
        turn.at ? h("span", { class: "number" }, `#${i + 1}`) : null),
      h("div", { class: "said" },
        h("p", { class: "by" }, speakerName(screen, turn, i), this.notes(turn, marks), tools?.buttons),
        text, tools?.place));
  }

  // What is worth knowing of a turn: its findings, what the other side said, how it was spoken, how sure we are.
  notes(turn, marks) {
    const { screen } = this;
    const shown = new Set();
    const found = marks.filter(({ criterion, tone }) => !shown.has(criterion + tone) && shown.add(criterion + tone));
    const chips = folded(screen, found.map((mark) => [mark.tone, h("button",
      { class: `chip tone-${mark.tone}`, onclick: () => screen.criteria.point(mark.criterion), title: screen.t(`tone.${mark.tone}`) },
      icon({ merit: "check", check: "eye" }[mark.tone] ?? "warn"), mark.title)]));
    const context = turn.labels.filter(({ tone, sure }) => tone === "context" && sure).map(({ name }) => h("span", { class: "chip" }, name));
    const manner = (turn.manner ?? []).map((kind) => h("span", { class: "chip" }, icon("wave"), screen.t(`event.${kind}`)));
    return [chips, context, manner,
      turn.guessed ? h("span", { class: "chip", title: screen.t("guessed_note") }, screen.t("guessed")) : null,
      turn.unsure ? h("span", { class: "chip", title: screen.t("unsure_note") }, screen.t("unsure")) : null];
  }

  withSilences() {
    const { turns, speech } = this.screen.view;
    const silences = (speech?.events ?? []).filter(({ kind, at }) => kind === "silence" && at[1] - at[0] >= LONG_SILENCE);
    const rows = [];
    let next = 0;
    turns.forEach((turn, i) => {
      while (next < silences.length && turn.at && silences[next].at[0] <= turn.at[0]) {
        const { at } = silences[next++];
        rows.push(h("li", { class: "silence" }, this.screen.t("silence_of", { n: Math.round(at[1] - at[0]) })));
      }
      rows.push(this.rows[i]);
    });
    return rows;
  }

  onlyMarked() {
    const only = this.list.classList.toggle("only-marked");
    this.markedButton.setAttribute("aria-pressed", String(only));
  }

  corrections() {
    return this.screen.view.turns.reduce((sum, turn) => sum + turn.corrections.length, 0);
  }

  asHeardButton() {
    const { screen } = this;
    return h("button", { class: "small", "aria-pressed": "false", title: screen.t("as_heard_note"), onclick: () => this.asHeard() },
      screen.t("as_heard", { n: this.corrections() }));
  }

  // The words that were corrected as the recogniser first wrote them, and back.
  asHeard() {
    const heard = this.list.classList.toggle("as-heard");
    this.heardButton.setAttribute("aria-pressed", String(heard));
    for (const element of this.list.querySelectorAll(".word-corrected")) {
      element.textContent = heard ? element.dataset.heard : element.dataset.mended;
    }
  }

  setFollowing(following) {
    this.following = following;
    this.followButton.setAttribute("aria-pressed", String(following));
    if (following && this.current >= 0) keepInView(this.rows[this.current], this.list, 0.3);
  }

  reveal(turn, { flash = true } = {}) {
    const row = this.rows[turn];
    if (!row) return;
    this.setFollowing(true);
    keepInView(row, this.list, 0.3);
    if (!flash) return;
    for (const other of this.rows) other.classList.remove("chosen");
    row.classList.add("chosen");
  }

  follow({ now, playing }) {
    const heard = this.heard(now);
    if (heard !== this.current) {
      this.rows[this.current]?.classList.remove("current");
      this.rows[this.current]?.removeAttribute("aria-current");
      this.current = heard;
      const row = this.rows[heard];
      row?.classList.add("current");
      row?.setAttribute("aria-current", "true");
      if (row && playing && this.following) keepInView(row, this.list, 0.3);
    }
    this.spoken(now, playing);
  }

  heard(now) {
    let found = -1;
    for (let i = 0; i < this.starts.length; i++) if (this.starts[i] !== null && this.starts[i] <= now + 0.05) found = i;
    return found;
  }

  // The word that is heard, by the highlight API where the browser has it: no element is touched.
  spoken(now, playing) {
    if (!globalThis.CSS?.highlights) return;
    const words = playing ? this.screen.view.turns[this.current]?.words ?? [] : [];
    let at = -1;
    while (at + 1 < words.length && words[at + 1][1] <= now + 0.05) at++;
    const place = at < 0 ? "" : `${this.current}:${at}`;
    if (place === this.place) return;
    this.place = place;
    CSS.highlights.delete(SPOKEN);
    if (at < 0) return;
    const end = at + 1 < words.length ? words[at + 1][0] : this.screen.view.turns[this.current].text.length;
    const range = rangeOf(this.rows[this.current].querySelector(".text"), words[at][0], end);
    if (range) CSS.highlights.set(SPOKEN, new Highlight(range));
  }

  stop() {
    globalThis.CSS?.highlights?.delete(SPOKEN);
  }
}

// The text cut at every boundary of a span; each piece carries what covers it.
// One doubtful sentence may leave many criteria open: the first few are named, the rest on demand.
function folded(screen, chips) {
  const later = chips.filter(([tone]) => tone === "check").slice(FEW_DOUBTS).map(([, chip]) => chip);
  const named = chips.map(([, chip]) => chip).filter((chip) => later.length < 2 || !later.includes(chip));
  if (later.length < 2) return named;
  const more = h("button", { class: "chip tone-check", onclick: () => { more.replaceWith(...later); later[0].focus(); } },
    screen.t("more_doubts", { n: later.length }));
  return [...named, more];
}

function pieces(screen, turn, marks) {
  const spans = [
    ...marks.filter(({ span }) => span).map(({ span, tone, title }) => ({ span, kind: tone, title: `${screen.t(`tone.${tone}`)} · ${title}` })),
    ...turn.pii.map(([start, end, type]) => ({ span: [start, end], kind: "pii", title: screen.t("personal", { type: screen.t(`pii.${type}`) }) })),
    ...turn.corrections.map(([start, end, original]) => ({ span: [start, end], kind: "corrected", original, title: screen.t("corrected", { original }) })),
    ...turn.unclear.map(([start, end]) => ({ span: [start, end], kind: "unclear", title: screen.t("unclear_word") })),
    ...turn.numbers.map(([start, end, kind, value]) => ({ span: [start, end], kind: "number", title: screen.t("number", { value: number(screen, kind, value) }) })),
  ];
  const cuts = [...new Set([0, turn.text.length, ...spans.flatMap(({ span }) => span)])].filter((at) => at <= turn.text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const part = turn.text.slice(start, cuts[i + 1]);
    const over = spans.filter(({ span }) => span[0] <= start && span[1] >= cuts[i + 1]);
    if (!over.length) return part;
    const tone = over.filter(({ kind }) => !QUIET.includes(kind)).reduce((worst, { kind }) => worse(worst, kind), null);
    const kinds = over.filter(({ kind }) => QUIET.includes(kind)).map(({ kind }) => `word-${kind}`);
    const mended = over.find(({ kind }) => kind === "corrected");
    return h(tone ? "mark" : "span", {
      class: [tone ? `word-${tone}` : "", ...kinds].join(" "), title: over.map(({ title }) => title).join("\n"),
      dataset: mended ? { mended: part, heard: heardPart(mended, start, cuts[i + 1]) } : {},
    }, part);
  });
}

// The part of the first heard words that stands where a part of the correction does: they are equally long.
function heardPart({ original, span }, start, end) {
  if (original.length !== span[1] - span[0]) return start === span[0] ? original : "";
  return original.slice(start - span[0], end - span[0]);
}

function number(screen, kind, value) {
  return kind === "money" ? money(value, screen.data.lang) : shortDay(value, screen.data.lang, screen.view.call.startedAt?.slice(0, 4));
}

function rangeOf(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = at + node.data.length;
    if (!begun && start < after) {
      range.setStart(node, start - at);
      begun = true;
    }
    if (begun && end <= after) {
      range.setEnd(node, end - at);
      return range;
    }
    at = after;
  }
  return null;
}
