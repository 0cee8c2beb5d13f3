/**
 * Whether a page of another site sent a request, which a browser lets it do. Browsers name the page's origin; programs other
 * than browsers name none. On a loopback address only a local page is ours: any other that names our own host has had its name
 * pointed at this machine.
 */
export function isForeignPage(origin: string | undefined, host: string | undefined, listensOn: string): boolean {
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const page = new URL(origin);
  return page.host !== host || (isLoopback(listensOn) && !isLoopback(page.hostname));
}

/** Whether an address is reached from this machine alone. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
