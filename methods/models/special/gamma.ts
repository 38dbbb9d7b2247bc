const HALF_LN_2PI = 0.9189385332046728;
/** From here on the asymptotic series below are right to the last digit. */
const ASYMPTOTIC = 10;

/** ln Γ(x) for x > 0, to about 2e-15 absolute or relative. NaN elsewhere. Source: Stirling's series (Abramowitz & Stegun 6.1.41). */
export function lgamma(x: number): number {
  if (!(x > 0)) return NaN;
  let product = 1;
  while (x < ASYMPTOTIC) product *= x++;
  const t = 1 / (x * x);
  const tail =
    (1 / 12 - t * (1 / 360 - t * (1 / 1260 - t * (1 / 1680 - t * (1 / 1188 - t * (691 / 360360 - t * (1 / 156 - (t * 3617) / 122400))))))) /
    x;
  return (x - 0.5) * Math.log(x) - x + HALF_LN_2PI + tail - Math.log(product);
}

/** ψ(x) = d ln Γ(x) / dx for x > 0. NaN elsewhere. Source: Abramowitz & Stegun 6.3.5, 6.3.18. */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  while (x < ASYMPTOTIC) shift += 1 / x++;
  const t = 1 / (x * x);
  const tail = t * (1 / 12 - t * (1 / 120 - t * (1 / 252 - t * (1 / 240 - t * (1 / 132 - t * (691 / 32760 - t / 12))))));
  return Math.log(x) - 0.5 / x - tail - shift;
}

/** ψ′(x) for x > 0. NaN elsewhere. Source: Abramowitz & Stegun 6.4.6, 6.4.12. */
export function trigamma(x: number): number {
  if (!(x > 0)) return NaN;
  let shift = 0;
  while (x < ASYMPTOTIC) shift += 1 / (x * x++);
  const t = 1 / (x * x);
  const tail = t * (1 / 6 - t * (1 / 30 - t * (1 / 42 - t * (1 / 30 - t * (5 / 66 - t * (691 / 2730 - (t * 7) / 6))))));
  return (1 + 0.5 / x + tail) / x + shift;
}
