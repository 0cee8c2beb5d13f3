import { sameValue } from "../../core/equality.ts";

/**
 * Compares frozen values that share nothing with each other but much with what was compared before: parts once found equal are
 * not looked into again, so a step costs the size of what it changed.
 */
export class KnownEqual {
  readonly #pairs = new WeakMap<object, object>();

  same(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (this.#pairs.get(a) === b) return true;
    if (!Object.isFrozen(a) || !Object.isFrozen(b)) return sameValue(a, b);
    const equal = Array.isArray(a) ? Array.isArray(b) && this.#sameLists(a, b) : this.#sameRecords(a, b);
    if (equal) this.#pairs.set(a, b);
    return equal;
  }

  #sameLists(a: readonly unknown[], b: readonly unknown[]): boolean {
    if (a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (!this.same(a[index], b[index])) return false;
    return true;
  }

  #sameRecords(a: object, b: object): boolean {
    const keys = Object.keys(a);
    if (Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(b, key)) return false;
      if (!this.same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
    }
    return true;
  }
}
