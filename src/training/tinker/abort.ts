/** The promise, unless a signal is aborted first: then the signal's reason is thrown, and the promise goes on unheeded. */
export async function untilAborted<T>(
  promise: Promise<T>,
  ...signals: readonly (AbortSignal | undefined)[]
): Promise<T> {
  const heeded = signals.filter((signal) => signal !== undefined);
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(heeded.find((signal) => signal.aborted)?.reason);
  });
  // Whichever comes second is nobody's any more.
  aborted.catch(() => {});
  promise.catch(() => {});
  for (const signal of heeded) signal.addEventListener("abort", stop, { once: true });
  if (heeded.some((signal) => signal.aborted)) stop();
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    for (const signal of heeded) signal.removeEventListener("abort", stop);
  }
}

/** A signal that is aborted with any of these, for as long as `work` takes. */
export async function withEither<T>(
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const both = new AbortController();
  const heeded = signals.filter((signal) => signal !== undefined);
  const stop = () => both.abort(heeded.find((signal) => signal.aborted)?.reason);
  for (const signal of heeded) signal.addEventListener("abort", stop, { once: true });
  if (heeded.some((signal) => signal.aborted)) stop();
  try {
    return await work(both.signal);
  } finally {
    for (const signal of heeded) signal.removeEventListener("abort", stop);
  }
}
