import { freezeDeep } from "./freeze.ts";

/**
 * A value whose parts may be changed, for code that changes a draft of it.
 *
 * Drafts copy a container when they read it; when they are finished, the copies that changed are frozen, and all else is the
 * objects it was before, shared with the state. They are our own, and for JSON alone: a step takes a few microseconds, of
 * which immer's bookkeeping was more than half. A property test holds them to immer's results.
 */
export type Draft<T> = T extends readonly (infer Item)[]
  ? number extends T["length"]
    ? Draft<Item>[]
    : { -readonly [K in keyof T]: Draft<T[K]> }
  : T extends object
    ? { -readonly [K in keyof T]: Draft<T[K]> }
    : T;

export interface OpenDraft {
  readonly draft: object;
  /** The value with every draft in it replaced: by the object it was made of, or if it changed by its frozen copy. */
  finish(value: unknown): unknown;
  /** Makes every later use of the draft throw. */
  close(): void;
}

interface Scope {
  open: boolean;
}

/** Opens a draft of a state. One that is not frozen yet, as read from JSON, is frozen: a draft tells old parts from new ones by it. */
export function openDraft(state: object): OpenDraft {
  const scope: Scope = { open: true };
  const draft = draftOf(freezeDeep(state), scope, undefined);
  return {
    draft,
    finish,
    close() {
      scope.open = false;
    },
  };
}

const record = Symbol("draft record");

function draftOf(base: object, scope: Scope, parent: DraftRecord | undefined): object {
  if (!Array.isArray(base)) {
    const copy = { ...base };
    return new Proxy(copy, new DraftRecord(base, copy, scope, parent));
  }
  const copy = base.slice();
  const handler = new ListRecord(base, copy, scope, parent);
  handler.draft = new Proxy(copy, handler);
  return handler.draft;
}

/** What is known of one drafted container, and at the same time what its proxy answers with. */
class DraftRecord implements ProxyHandler<any> {
  changed = false;
  finished = false;
  readonly base: any;
  readonly copy: any;
  readonly scope: Scope;
  readonly parent: DraftRecord | undefined;

  constructor(base: object, copy: object, scope: Scope, parent: DraftRecord | undefined) {
    this.base = base;
    this.copy = copy;
    this.scope = scope;
    this.parent = parent;
  }

  get(copy: any, key: string | symbol): unknown {
    if (!this.scope.open) throw new Error("a draft was used after its step had ended");
    if (key === record) return this;
    const value = copy[key];
    if (typeof value !== "object" || value === null) return value;
    const part = this.part(value);
    if (part !== value) copy[key] = part;
    return part;
  }

  /** Something of this container as it may be handed out: what is frozen, and so of a state, as a draft. */
  part(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.finished || !Object.isFrozen(value)) return value;
    return draftOf(value, this.scope, this);
  }

  set(copy: any, key: string | symbol, value: unknown): boolean {
    if (key === "__proto__") throw new Error("a state cannot have the key '__proto__'");
    if (copy[key] === value && Object.hasOwn(copy, key)) return true;
    this.markChanged();
    copy[key] = value;
    return true;
  }

  deleteProperty(copy: any, key: string | symbol): boolean {
    this.markChanged();
    return delete copy[key];
  }

  defineProperty(): boolean {
    throw new Error("properties of a draft are set, not defined");
  }

  markChanged(): void {
    if (!this.scope.open) throw new Error("a draft was changed after its step had ended");
    for (let at: DraftRecord | undefined = this; at !== undefined && !at.changed; at = at.parent) at.changed = true;
  }

  finish(): unknown {
    if (!this.changed) return this.base;
    if (!this.finished) {
      this.finished = true;
      finishParts(this.copy, this.base);
    }
    return this.copy;
  }
}

const changing = new Set(["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin"]);
const asking = new Set(["findIndex", "findLastIndex", "some", "every"]);

/** Lists answer their commonest methods without drafting every item that these look at; tests of items must not change them. */
class ListRecord extends DraftRecord {
  draft: any;

  override get(copy: any, key: string | symbol): unknown {
    if (typeof key === "symbol" || typeof copy[key] !== "function") return super.get(copy, key);
    if (changing.has(key)) return (...given: unknown[]) => this.change(copy, key, given);
    if (asking.has(key)) return (test: never) => copy[key](test);
    if (key === "find") return (test: never) => this.draft[copy.findIndex(test)];
    return super.get(copy, key);
  }

  change(copy: any, method: string, given: readonly unknown[]): unknown {
    this.markChanged();
    const result = copy[method](...given);
    if (result === copy) return this.draft;
    // Items that leave the list may still be changed, and put elsewhere.
    return method === "splice" ? result.map((item: unknown) => this.part(item)) : this.part(result);
  }
}

function finish(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const drafted = (value as { [record]?: DraftRecord })[record];
  if (drafted) return drafted.finish();
  if (!Object.isFrozen(value)) finishParts(value, undefined);
  return value;
}

/** Finishes the parts of a container that are not those of its base, and freezes it. */
function finishParts(container: any, base: any): void {
  if (Array.isArray(container))
    for (let index = 0; index < container.length; index++) {
      const part = container[index];
      if (typeof part === "object" && part !== null && part !== base?.[index]) container[index] = finish(part);
    }
  else
    for (const key of Object.keys(container)) {
      const part = container[key];
      if (typeof part === "object" && part !== null && part !== base?.[key]) container[key] = finish(part);
    }
  Object.freeze(container);
}
