// Days, moments and sums as people write them in the language of the page.

const LOCALES = { zh: "zh-CN", en: "en-GB" };

// A moment as it was stated, whatever the zone of the browser: "2026-11-18T14:05:00+08:00" is five past two.
export function statedMoment(iso, lang) {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(iso);
  return time ? `${statedDay(date, lang)} ${time}` : statedDay(date, lang);
}

export function statedDay(date, lang) {
  const options = { year: "numeric", month: lang === "zh" ? "long" : "short", day: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(LOCALES[lang], options).format(new Date(`${date}T00:00:00Z`));
}

// The day without its year, where the year goes without saying.
export function shortDay(date, lang, year) {
  if (date.slice(0, 4) !== year) return statedDay(date, lang);
  const options = { month: lang === "zh" ? "long" : "short", day: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(LOCALES[lang], options).format(new Date(`${date}T00:00:00Z`));
}

export function withWeekday(day, date, lang) {
  return lang === "zh" ? `${day} ${weekday(date, lang)}` : `${weekday(date, lang)} ${day}`;
}

function weekday(date, lang) {
  return new Intl.DateTimeFormat(LOCALES[lang], { weekday: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

// A moment of this machine, in the browser's own zone; without its year, where that is this one.
export function localMoment(iso, lang) {
  const year = new Date(iso).getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  const options = { ...year, month: lang === "zh" ? "long" : "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false };
  return new Intl.DateTimeFormat(LOCALES[lang], options).format(new Date(iso));
}

export function money(value, lang) {
  const number = new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 2 }).format(value);
  return lang === "zh" ? `${number} 元` : number;
}
