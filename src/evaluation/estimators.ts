/**
 * The chance that at least one of k drawn samples is right, estimated without bias from c right ones among n: 1 - C(n-c, k) / C(n, k)
 * (Chen et al., arXiv 2107.03374). k is from 1 to n.
 */
export function passAtK(n: number, c: number, k: number): number {
  return 1 - shareOfDraws(n, n - c, k);
}

/** The chance that all of k drawn samples are right, estimated without bias: C(c, k) / C(n, k) (tau-bench, arXiv 2406.12045). */
export function passHatK(n: number, c: number, k: number): number {
  return shareOfDraws(n, c, k);
}

/** The numbers of draws that are reported for n samples: the powers of two below n, and n. */
export function drawsOf(n: number): number[] {
  const draws: number[] = [];
  for (let k = 1; k < n; k *= 2) draws.push(k);
  return [...draws, n];
}

/** C(among, k) / C(n, k): of all ways to draw k of n, the share that draws from `among` of them only. */
function shareOfDraws(n: number, among: number, k: number): number {
  if (![n, among, k].every(Number.isInteger) || k < 1 || k > n || among < 0 || among > n)
    throw new Error(`no estimate from ${among} of ${n} samples for ${k} draws: give whole numbers, 1 to n draws`);
  let share = 1;
  for (let drawn = 0; drawn < k; drawn++) share *= Math.max(0, among - drawn) / (n - drawn);
  return share;
}
