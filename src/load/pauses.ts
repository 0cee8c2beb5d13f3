/** Pauses that can all be ended at once. */
export interface Pauses {
  /** Resolves after so many milliseconds, or when `end` is called. */
  pause(milliseconds: number): Promise<void>;
  end(): void;
}

export function endablePauses(): Pauses {
  const running = new Map<NodeJS.Timeout, () => void>();
  let ended = false;
  return {
    pause: (milliseconds) =>
      new Promise((resolve) => {
        if (ended) return resolve();
        const timer = setTimeout(() => {
          running.delete(timer);
          resolve();
        }, milliseconds);
        running.set(timer, resolve);
      }),
    end() {
      ended = true;
      for (const [timer, resolve] of running) {
        clearTimeout(timer);
        resolve();
      }
      running.clear();
    },
  };
}
