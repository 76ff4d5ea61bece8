// One party's outline of the sound: coloured where the party speaks, faint elsewhere.

const BAR = 2;
const GAP = 1;

export function drawLane(canvas, peaks, gain, stretches, faint) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width || !height) return;
  const scale = window.devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const brush = canvas.getContext("2d");
  brush.scale(scale, scale);
  const bars = Math.floor(width / (BAR + GAP));
  const sorted = [...stretches].sort((a, b) => a.start - b.start);
  let next = 0;
  for (let bar = 0; bar < bars; bar++) {
    const [from, to] = [bar / bars, (bar + 1) / bars];
    while (next < sorted.length && sorted[next].end <= from) next++;
    const spoken = next < sorted.length && sorted[next].start < to ? sorted[next] : null;
    const level = peaks.length ? Math.min(1, gain * loudest(peaks, from, to)) : spoken ? 0.4 : 0;
    const tall = Math.max(1.5, level * height);
    brush.fillStyle = spoken ? spoken.color : faint;
    brush.fillRect(bar * (BAR + GAP), (height - tall) / 2, BAR, tall);
  }
}

// Quiet recordings are drawn as tall as loud ones; both lanes by the same measure, so that they compare.
export function gainFor(lanes) {
  const most = lanes.flat().reduce((one, other) => Math.max(one, other), 0);
  return most > 0.01 ? 0.96 / most : 1;
}

function loudest(peaks, from, to) {
  const first = Math.floor(from * peaks.length);
  const last = Math.max(first + 1, Math.ceil(to * peaks.length));
  let most = 0;
  for (let at = first; at < last && at < peaks.length; at++) most = Math.max(most, peaks[at]);
  return most;
}
