import type { SeededRandom } from "../../../src/core/seeded-random.ts";

/** Values that a program may choke on, as JSON texts. */
const hostile: readonly string[] = [
  ...[
    "null",
    "true",
    "-1",
    "0.5",
    "1e999",
    "-0",
    "123456789012345678901234567890",
    "NaN",
    "Infinity",
    "[]",
    "{}",
    '""',
  ],
  ...[
    '"../../../../etc/passwd"',
    '"..\\\\..\\\\windows"',
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"\\u0000"',
    '"\\ud800"',
  ],
  ...[
    '{"__proto__":{"polluted":true}}',
    '[[],[[]],{"a":[{}]}]',
    '"%2e%2e%2f"',
    '"\\u202e\\ufeff"',
    '{"$float":"nan"}',
    '{"$int":"7"}',
  ],
  `"${"x".repeat(20_000)}"`,
  `${"[".repeat(60)}${"]".repeat(60)}`,
  `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  `[${"0,".repeat(5_000)}0]`,
];

const marker = "\u0001hostile\u0001";

/** A frame like a valid one, but for something; one in eight stays as it is. */
export function mutated(frame: unknown, random: SeededRandom): string {
  const text = JSON.stringify(frame);
  switch (random.below(8)) {
    case 0:
      return text;
    case 1:
      return text.slice(0, random.below(text.length));
    case 2:
      return withNoise(text, random);
    case 3:
    case 4:
      return withHostileValue(frame, random);
    case 5:
      return JSON.stringify(withoutKey(frame, random));
    case 6:
      return withExtraKey(text, random);
    default:
      return random.pick(notFrames);
  }
}

const notFrames: readonly string[] = [
  ...[
    "",
    " ",
    "null",
    "[]",
    "{}",
    '"reset"',
    "0",
    "{",
    '{"type"',
    '{"type":',
    "nul",
    "\u0000",
    "\ufeff{}",
    "<xml/>",
    "undefined",
  ],
  ...[
    '{"type":"reboot"}',
    '{"type":["reset"]}',
    '{"type":null}',
    '{"type":"__proto__"}',
    '{"type":"reset","type":"step"}',
  ],
  "[".repeat(10_000),
  '{"data":'.repeat(5_000),
  `{"type":"step","data":${"[".repeat(9_999)}${"]".repeat(9_999)}}`,
];

function withNoise(text: string, random: SeededRandom): string {
  const noise = ["\u0000", "\ud800", '"', "\\", "{", "]", ",", "\u{1f600}", "\n", "9", "e"];
  let noisy = text;
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(noisy.length + 1);
    noisy = noisy.slice(0, at) + random.pick(noise) + noisy.slice(at + random.below(3));
  }
  return noisy;
}

function withHostileValue(frame: unknown, random: SeededRandom): string {
  const places = placesIn(frame);
  const at = places[random.below(places.length)]!;
  const text = JSON.stringify(replaced(frame, at, marker));
  return text.replace(JSON.stringify(marker), () => random.pick(hostile));
}

function withoutKey(frame: unknown, random: SeededRandom): unknown {
  const places = placesIn(frame).filter((path) => path.length > 0);
  return places.length === 0 ? undefined : (replaced(frame, random.pick(places), undefined) ?? null);
}

function withExtraKey(text: string, random: SeededRandom): string {
  const objects = [...text.matchAll(/\{/g)];
  if (objects.length === 0) return text;
  const at = random.pick(objects).index + 1;
  const rest = text.slice(at);
  const key = random.pick(['"extra"', '"__proto__"', '"type"', '"metadata"', '"0"', '""', '"session_id"']);
  return `${text.slice(0, at)}${key}:${random.pick(hostile)}${rest.startsWith("}") ? "" : ","}${rest}`;
}

type Path = readonly (string | number)[];

function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  const item = replaced((value as any)[first], rest, by);
  if (Array.isArray(value)) return value.map((old, index) => (String(index) === String(first) ? item : old));
  return { ...(value as object), [first]: item };
}
