// The sound of the call: one audio element that lives as long as the review is open.

const LEAD = 0.3; // seconds before a quote, so that its first syllable is whole
const TAIL = 0.4;

export class Sound {
  constructor() {
    this.audio = new Audio();
    this.audio.preload = "metadata";
    this.until = null;
    this.listener = null;
    this.source = null;
    for (const event of ["play", "pause", "seeked", "timeupdate", "ratechange", "loadedmetadata", "ended", "error"]) {
      this.audio.addEventListener(event, () => this.tell());
    }
    this.audio.addEventListener("play", () => this.run());
  }

  load(source) {
    if (source === this.source) return;
    this.source = source;
    this.until = null;
    if (source === null) this.audio.removeAttribute("src");
    else this.audio.src = new URL(source, document.baseURI).href;
  }

  listen(listener) {
    this.listener = listener;
    if (listener) this.tell();
  }

  tell() {
    if (this.until !== null && this.audio.currentTime >= this.until) {
      this.until = null;
      this.audio.pause();
    }
    this.listener?.({
      now: this.audio.currentTime,
      playing: !this.audio.paused && !this.audio.ended,
      rate: this.audio.playbackRate,
      failed: this.audio.error !== null,
    });
  }

  // While it plays, tell at the screen's pace rather than at the four times a second of `timeupdate`.
  run() {
    cancelAnimationFrame(this.frame);
    const step = () => {
      this.tell();
      if (!this.audio.paused && !this.audio.ended) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  now() {
    return this.audio.currentTime;
  }

  seek(seconds) {
    this.until = null;
    this.audio.currentTime = Math.max(0, seconds);
    this.tell();
  }

  skip(seconds) {
    this.seek(this.audio.currentTime + seconds);
  }

  async play() {
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name !== "AbortError") this.tell(); // a newer seek or pause came between
    }
  }

  // From its beginning.
  again() {
    this.seek(0);
    return this.play();
  }

  playRange([start, end]) {
    this.audio.currentTime = Math.max(0, start - LEAD);
    this.until = end + TAIL;
    this.play();
  }

  toggle() {
    this.until = null;
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  rate(rate) {
    this.audio.playbackRate = rate;
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
  }
}
