/** CPU milliseconds of this process that some work takes: waiting for others is not counted. */
export async function cpuOf(work) {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Runs the works in turn, round after round, so that a busy machine slows all alike; one round before that does not count. */
export async function rounds(works, count) {
  const times = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round <= count; round++) {
    for (const [name, work] of Object.entries(works)) {
      const time = (await work()) ?? 0;
      if (round > 0) times[name].push(time);
    }
  }
  return times;
}

export const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** `1.43× (1.38–1.51)`: the median of the ratios of each round, with their range. */
export function ratio(above, below) {
  const all = above.map((value, round) => value / below[round]);
  return `${middle(all).toFixed(2)}× (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})`;
}
