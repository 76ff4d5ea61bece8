// Scroll one pane so that an item in it can be seen; never the page.

const NEAR = 1.5; // heights of the pane; what is farther away is jumped to
const TRIES = 6;

export function keepInView(item, pane, part = 0.25) {
  const { away, height } = place(item, pane);
  if (away === 0) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (Math.abs(away) < NEAR * height && !calm) pane.scrollBy({ top: away - part * height, behavior: "smooth" });
  else jump(item, pane, part, TRIES);
}

// Rows that were never shown have estimated heights: after a jump they are measured, and the item has moved.
function jump(item, pane, part, tries) {
  const { away, height } = place(item, pane);
  if (away === 0 || tries === 0) return;
  pane.scrollBy({ top: away - part * height, behavior: "instant" });
  requestAnimationFrame(() => jump(item, pane, part, tries - 1));
}

// How far the item is from the top of the pane; 0 when it can be seen.
function place(item, pane) {
  const box = item.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const seen = box.top >= frame.top + 48 && box.bottom <= frame.bottom;
  return { away: seen ? 0 : box.top - frame.top, height: frame.height };
}
