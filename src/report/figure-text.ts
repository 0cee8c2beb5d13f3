/** A share of 0.125 as "12.5%". */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** As "2 h 5 min", "5 min" or "12 s". */
export function durationText(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
