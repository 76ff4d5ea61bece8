// Scroll one pane so that an item in it can be seen; never the page.

const NEAR = 1.5; // heights of the pane; what is farther away is jumped to

export function keepInView(item, pane, part = 0.25) {
  const box = item.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (box.top >= frame.top + 48 && box.bottom <= frame.bottom) return;
  const away = box.top - frame.top;
  const smooth = Math.abs(away) < NEAR * frame.height && !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  pane.scrollBy({ top: away - part * frame.height, behavior: smooth ? "smooth" : "instant" });
}
