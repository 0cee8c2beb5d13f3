/** Works on items several at a time, started in their order; results stand in it too. The first error starts no more and is thrown. */
export async function concurrently<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!, index).catch((error: unknown) => {
        next = items.length;
        throw error;
      });
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  const broken = workers.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
  return results;
}
