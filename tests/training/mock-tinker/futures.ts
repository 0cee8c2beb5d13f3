interface Entry {
  /** Requests that ask for the same work share it. */
  readonly work: { result?: unknown; done: boolean; waiting: (() => void)[] };
  gone: boolean;
}

/** What a request comes to, under the name that the client polls. */
export class Futures {
  readonly #entries = new Map<string, Entry>();
  #count = 0;
  /** How long a result is held back, in milliseconds. */
  readonly #hold: () => number;

  constructor(hold: () => number) {
    this.#hold = hold;
  }

  clear(): void {
    this.#entries.clear();
  }

  open(): string {
    const id = String(++this.#count);
    this.#entries.set(id, { work: { done: false, waiting: [] }, gone: false });
    return id;
  }

  finished(result: unknown): string {
    const id = this.open();
    this.finish(id, result);
    return id;
  }

  /** The name to poll for work that was asked for before: the same, or a new one where that was lost. */
  again(id: string): string {
    const entry = this.#entries.get(id);
    if (!entry?.gone) return id;
    const name = `${id}.${++this.#count}`;
    this.#entries.set(name, { work: entry.work, gone: false });
    entry.gone = false;
    return name;
  }

  finish(id: string, result: unknown): void {
    const work = this.#entries.get(id)?.work;
    if (!work) return;
    setTimeout(() => {
      work.result = result;
      work.done = true;
      for (const wake of work.waiting.splice(0)) wake();
    }, this.#hold()).unref();
  }

  /** Loses the promise, not the work. */
  lose(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry) entry.gone = true;
    return entry !== undefined;
  }

  /** The result; `late` where it is not there in time, `gone` or undefined where there is no such future. */
  async wait(id: string, milliseconds: number): Promise<{ result: unknown } | "late" | "gone" | undefined> {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (entry.gone) return "gone";
    const { work } = entry;
    if (!work.done)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        work.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    return work.done ? { result: work.result } : "late";
  }
}
