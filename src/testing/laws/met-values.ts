/** Values kept of one program, in all and under one name. */
const most = 60;
const mostUnderName = 8;

/**
 * Texts and numbers of a program's calls and results, and the names under which they stood: ids that were made up, names that
 * were listed, what was tried before and may be gone by now.
 */
export class MetValues {
  #all: unknown[] = [];
  readonly #named = new Map<string, unknown[]>();

  add(value: unknown): void {
    this.#collect(undefined, value, 12);
    if (this.#all.length > most) this.#all = this.#all.slice(-most);
  }

  get all(): readonly unknown[] {
    return this.#all;
  }

  /** Those that stood under a name, the latest first; all where there are none. */
  under(name: string): readonly unknown[] {
    return this.#named.get(name) ?? this.#all;
  }

  #collect(name: string | undefined, value: unknown, left: number): number {
    if (left <= 0) return 0;
    if (typeof value === "string" ? value.length <= 40 : typeof value === "number") {
      this.#all.push(value);
      if (name !== undefined) {
        const others = (this.#named.get(name) ?? []).filter((other) => other !== value);
        this.#named.set(name, [value, ...others.slice(0, mostUnderName - 1)]);
      }
      return left - 1;
    }
    if (typeof value !== "object" || value === null) return left;
    let remaining = left;
    for (const key in value) remaining = this.#collect(key, (value as Record<string, unknown>)[key], remaining);
    return remaining;
  }
}
