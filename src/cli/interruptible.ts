/** Does work that Ctrl-C, or a request to terminate, asks to stop; a second Ctrl-C finds no handler and ends the process at once. */
export async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    await work(interruption.signal);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    if (interruption.signal.aborted) process.exitCode = 130;
  }
}
