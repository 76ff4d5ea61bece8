// The places of a call that carry a finding, in the order of the call.

const WEIGHT = { critical: 0, fault: 1, check: 2, merit: 3 };

export function marksOf(view) {
  const marks = [];
  for (const criterion of view.criteria) {
    const { id, tone } = criterion;
    const title = tone === "merit" ? criterion.title : criterion.fault;
    if (tone !== "context") {
      for (const evidence of criterion.evidence) marks.push({ ...evidence, criterion: id, title, tone });
    }
    for (const evidence of criterion.toCheck) marks.push({ ...evidence, criterion: id, title, tone: "check" });
  }
  return marks.sort((a, b) => a.turn - b.turn || WEIGHT[a.tone] - WEIGHT[b.tone]);
}

export function worse(one, other) {
  if (!one) return other;
  return WEIGHT[one] <= WEIGHT[other] ? one : other;
}
