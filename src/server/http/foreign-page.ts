/**
 * Whether a page of another site sent a request, which a browser lets it do. Browsers name the page's origin; programs other
 * than browsers name none.
 */
export function isForeignPage(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}
