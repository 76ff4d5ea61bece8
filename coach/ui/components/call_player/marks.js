// The places of a call that carry a finding, in the order of the call.

const WEIGHT = { critical: 0, fault: 1, check: 2, merit: 3 };

export function marksOf(view) {
  const marks = [];
  for (const criterion of view.criteria) {
    const { id, name: title, evidence, toCheck } = criterion;
    for (const piece of [...evidence, ...toCheck]) {
      if (piece.tone !== "context") marks.push({ ...piece, criterion: id, title });
    }
  }
  return marks.sort((a, b) => a.turn - b.turn || WEIGHT[a.tone] - WEIGHT[b.tone]);
}

export function worse(one, other) {
  if (!one) return other;
  return WEIGHT[one] <= WEIGHT[other] ? one : other;
}
