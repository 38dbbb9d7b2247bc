/** Seeded stream of random numbers in [0, 1) (mulberry32): one seed, the same file, byte for byte. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    quantile: (points) => between(points, next()),
  };
}

/** A value of a distribution known by its quantiles, [[share, value], …], straight between them. */
function between(points, share) {
  const at = points.findIndex(([upTo]) => share <= upTo);
  const [high, top] = points[at < 0 ? points.length - 1 : at];
  const [low, bottom] = points[Math.max(0, at - 1)];
  return high === low ? top : Math.round(bottom + ((share - low) / (high - low)) * (top - bottom));
}
