/**
 * Whether a request comes from a page of another site in somebody's browser; programs other than browsers name no origin. On a
 * loopback address no page but a local one is ours: any other that names our own host has had its name pointed at this machine.
 */
export function isForeignPage(origin: string | undefined, host: string | undefined, listensOn: string): boolean {
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const page = new URL(origin);
  return page.host !== host || (isLoopback(listensOn) && !isLoopback(page.hostname));
}

/** Whether an address is reached from this machine alone. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
