import type { CallSyntax } from "../../python/call-syntax.ts";
import { entriesOf, isDict } from "../../python/dict.ts";
import { repr, str } from "../../python/text.ts";
import type { PyValue } from "../../python/value.ts";

/**
 * A call as the reference writes it out again after reading it: without positional arguments, and with its own way of writing
 * dicts. Undefined where it fails to.
 */
export function decodedCall({ tool, named }: CallSyntax): string | undefined {
  const args = named.map(([name, value]) => argumentText(name, value));
  return args.includes(undefined) ? undefined : `${tool}(${args.join(", ")})`;
}

function argumentText(name: string, value: PyValue): string | undefined {
  const text = valueText(value);
  return text === undefined ? undefined : `${name}=${text}`;
}

/** A dict that holds nothing but dicts is taken for a call: its first key is the name. */
function valueText(value: PyValue): string | undefined {
  if (!isDict(value)) return repr(value);
  const entries = entriesOf(value);
  const [first] = entries;
  if (!first) return undefined;
  const isCall = entries.every(([, item]) => isDict(item));
  if (isCall) {
    const args = entriesOf(first[1] as Parameters<typeof entriesOf>[0]);
    const texts = args.map(([name, item]) => argumentText(str(name), item));
    return texts.includes(undefined) ? undefined : `${str(first[0])}(${texts.join(", ")})`;
  }
  const texts = entries.map(([key, item]) => {
    const text = valueText(item);
    return text === undefined ? undefined : `'${str(key)}': ${text}`;
  });
  return texts.includes(undefined) ? undefined : `{${texts.join(", ")}}`;
}
