const Z95 = 1.959963984540054;

export interface Kappa {
  /** Rows that both raters rated. */
  readonly n: number;
  readonly agreed: number;
  /** Cohen's kappa; null without rows, or where both always say the same one thing: chance then explains all. */
  readonly kappa: number | null;
  readonly se: number | null;
  /** 95 % by the normal approximation, cut at −1 and 1. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Cohen's kappa of two raters (Cohen 1960, Educ. Psychol. Meas. 20, 37) with its large-sample standard error (Fleiss, Cohen & Everitt
 * 1969, Psychol. Bull. 72, 323).
 */
export function cohensKappa(pairs: readonly (readonly [string, string])[]): Kappa {
  const n = pairs.length;
  const agreed = pairs.filter(([a, b]) => a === b).length;
  const [first, second] = [0, 1].map((rater) => shares(pairs.map((pair) => pair[rater]!)));
  const byChance = sum([...first!].map(([label, share]) => share * (second!.get(label) ?? 0)));
  if (n === 0 || byChance === 1) return { n, agreed, kappa: null, se: null, low: null, high: null };
  const kappa = (agreed / n - byChance) / (1 - byChance);
  const weights = pairs.map(([a, b]) =>
    a === b
      ? (1 - (first!.get(a)! + second!.get(a)!) * (1 - kappa)) ** 2
      : (1 - kappa) ** 2 * ((second!.get(a) ?? 0) + (first!.get(b) ?? 0)) ** 2,
  );
  const spread = sum(weights) / n - (kappa - byChance * (1 - kappa)) ** 2;
  // Rounding may leave a hair below nothing where the raters agree throughout.
  const se = Math.sqrt(Math.max(0, spread) / n) / (1 - byChance);
  return { n, agreed, kappa, se, low: Math.max(-1, kappa - Z95 * se), high: Math.min(1, kappa + Z95 * se) };
}

function shares(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return new Map([...counts].map(([label, count]) => [label, count / labels.length]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
