import type { SeededRandom } from "../core/seeded-random.ts";
import { inRange } from "./dice.ts";

/** The part of JSON schema that tool documents use. */
export interface ArgumentSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ArgumentSchema[];
  readonly oneOf?: readonly ArgumentSchema[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ArgumentSchema | false;
  readonly prefixItems?: readonly ArgumentSchema[];
  readonly properties?: Readonly<Record<string, ArgumentSchema>>;
  readonly required?: readonly string[];
}

const adjectives =
  "amber brisk calm copper dusty early faded gentle hollow ivory late lunar mellow narrow northern pale quiet rapid rusty silver slender southern spare sunny tidy upper velvet winter".split(
    " ",
  );
const nouns =
  "anchor atlas barrel beacon canvas cedar compass copper dahlia ferry garden harbor kettle ladder lantern ledger marble meadow orchard parcel pebble quarry ribbon saddle signal sparrow spindle summit timber tunnel valley violet walnut willow".split(
    " ",
  );
const verbs = "arrives closes opens starts moves leaves".split(" ");
const times = [
  "at noon",
  "on Monday",
  "on Friday",
  "in the morning",
  "next week",
  "before the meeting",
  "after lunch",
  "at half past nine",
  "on the first of May",
  "in two weeks",
];
const givenNames =
  "Amara Anton Bela Carmen Dario Edda Farid Greta Hugo Imani Joris Keiko Lena Mateo Nadia Oskar Paula Quentin Rosa Silas Tamar Ursel Viktor Wanda Yara Zeno".split(
    " ",
  );
const familyNames =
  "Abel Bergstrom Costa Dvorak Eriksen Falk Garcia Haddad Ivanova Jansen Kimura Lopes Moreau Novak Okafor Petrov Quint Rossi Sato Tanaka Ueda Varga Weiss Young Zamora".split(
    " ",
  );

/** Words, names, sentences and numbers for arguments that nothing in the state suggests. */
export const invent = {
  word: (random: SeededRandom): string => random.pick(nouns),
  name: (random: SeededRandom): string => random.pick(givenNames),
  fullName: (random: SeededRandom): string => `${random.pick(givenNames)} ${random.pick(familyNames)}`,
  code: (random: SeededRandom): string => `${random.pick(nouns)}-${inRange(random, [10, 9999])}`,
  date: (random: SeededRandom): string => `2026-${two(inRange(random, [1, 12]))}-${two(inRange(random, [1, 28]))}`,
  title: (random: SeededRandom): string =>
    capital(
      `${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(["check", "delivery", "report", "review", "visit", "problem"])}`,
    ),
  sentence: (random: SeededRandom): string =>
    capital(`the ${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(verbs)} ${random.pick(times)}.`),
  fileName: (random: SeededRandom): string =>
    `${random.pick(nouns)}_${random.pick(nouns)}.${random.pick(["txt", "md", "csv", "log"])}`,
  folderName: (random: SeededRandom): string => `${random.pick(adjectives)}_${random.pick(nouns)}`,
  /** Mostly with one or two decimals, never with a zero at the end, which would make another number of it. */
  number: (random: SeededRandom): number => {
    const whole = inRange(random, [2, 400]);
    const hundredths = random.pick([0, 5, 25, 75]);
    return random.below(3) === 0 ? whole : (whole * 100 + hundredths) / 100;
  },
} as const;

const two = (number: number): string => String(number).padStart(2, "0");
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** What a text argument is by its name, where the name says it. */
const kinds: readonly (readonly [RegExp, (random: SeededRandom) => string])[] = [
  [/date|_day|^day|birth/i, invent.date],
  [/message|content|description|comment|text|body|note|resolution|reason|review/i, invent.sentence],
  [/title|subject|topic|label/i, invent.title],
  [/file/i, invent.fileName],
  [/dir|folder|path/i, invent.folderName],
  [/first_?name|^user$|given/i, invent.name],
  [/name|customer|person|author|owner/i, invent.fullName],
  [/id$|token|secret|password|code|number|key/i, invent.code],
];

/** A value that fits a schema, in words that fit the argument's name; patterns and formats are not looked at. */
export function freeValue(name: string, schema: ArgumentSchema, random: SeededRandom): unknown {
  if ("const" in schema) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return freeValue(name, random.pick(withoutNull(options)), random);
  switch (typeOf(schema)) {
    case "integer":
      return inRange(random, wholeRange(schema));
    case "number":
      return [schema.minimum, schema.maximum, schema.exclusiveMinimum, schema.exclusiveMaximum].some(Number.isFinite)
        ? inRange(random, wholeRange(schema))
        : invent.number(random);
    case "boolean":
      return random.below(2) === 0;
    case "null":
      return null;
    case "array": {
      const { minItems = 2, maxItems = minItems + 3, prefixItems } = schema;
      if (prefixItems) return prefixItems.map((item) => freeValue(name, item, random));
      const count = inRange(random, [Math.min(minItems, maxItems), Math.max(minItems, maxItems)]);
      return Array.from({ length: count }, () => freeValue(name.replace(/s$/, ""), schema.items || {}, random));
    }
    case "object": {
      const { properties = {}, required = [] } = schema;
      const given = Object.entries(properties).filter(([key]) => required.includes(key) || random.below(2) === 0);
      return Object.fromEntries(given.map(([key, inner]) => [key, freeValue(key, inner, random)]));
    }
    default:
      return (kinds.find(([pattern]) => pattern.test(name))?.[1] ?? invent.word)(random);
  }
}

export const typeOf = ({ type }: ArgumentSchema): string | undefined =>
  typeof type === "string" ? type : type?.find((one) => one !== "null");

const withoutNull = (options: readonly ArgumentSchema[]): readonly ArgumentSchema[] => {
  const real = options.filter((option) => option.type !== "null");
  return real.length > 0 ? real : options;
};

/** Small numbers where a schema sets no limits; those of every whole number in JavaScript say nothing. */
function wholeRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: ArgumentSchema): Range {
  const limit = (...given: readonly (number | undefined)[]) =>
    given.find((one) => one !== undefined && Math.abs(one) < Number.MAX_SAFE_INTEGER);
  const lowest = limit(minimum, exclusiveMinimum === undefined ? undefined : Math.floor(exclusiveMinimum) + 1);
  const highest = limit(maximum, exclusiveMaximum === undefined ? undefined : Math.ceil(exclusiveMaximum) - 1);
  const least = Math.ceil(lowest ?? (highest !== undefined && highest < 1 ? highest - 40 : 1));
  return [least, Math.max(least, Math.floor(Math.min(highest ?? least + 40, least + 1000)))];
}
type Range = readonly [number, number];
