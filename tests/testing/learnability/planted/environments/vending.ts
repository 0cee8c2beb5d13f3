/** A vending machine; the price stands in a list that is worth reading, and a failure says what is missing. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Product = z.strictObject({ cents: z.int(), left: z.int().min(0) });
const Machine = z.strictObject({ products: z.record(z.string(), Product), credit: z.int(), tray: z.array(z.string()) });
type Machine = z.output<typeof Machine>;
const machine = defineState({
  name: "VendingMachine",
  state: Machine,
  config: z.strictObject({ products: z.record(z.string(), Product) }),
}).init(({ products }) => ({ products, credit: 0, tray: [] }));

const coins = [50, 100, 200] as const;
const product = z.strictObject({ product: z.string() });

const list_products = machine
  .read({
    description: "List the products, their prices in cents, and how many are left.",
    args: z.object({}),
    result: z.strictObject({ products: z.record(z.string(), Product) }),
  })
  .run(({ state }) => ({ products: state.products }));
const insert_coin = machine
  .write({
    description: "Insert a coin of 50, 100 or 200 cents.",
    args: z.object({ cents: z.int() }),
    result: z.strictObject({ credit: z.int() }),
    failures: {
      noSuchCoin: failure(z.strictObject({ cents: z.int() }), ({ cents }) => `A coin of ${cents} cents falls through.`),
    },
    candidates: { cents: () => [...coins] },
    provides: ["there is money in it"],
  })
  .run(({ state, draft, args: { cents }, fail }) => {
    if (!coins.includes(cents as 50)) return fail.noSuchCoin({ cents });
    draft().credit += cents;
    return { credit: state.credit + cents };
  });
const choose_product = machine
  .write({
    description: "Choose a product, which falls into the tray and is paid from the credit.",
    args: z.object({ product: z.string() }),
    result: z.strictObject({ product: z.string(), credit: z.int() }),
    failures: {
      unknownProduct: failure(product, (data) => `There is no '${data.product}' in it.`),
      soldOut: failure(product, (data) => `'${data.product}' is sold out.`),
      tooLittle: failure(z.strictObject({ missing: z.int() }), ({ missing }) => `${missing} cents are missing.`),
    },
    candidates: { product: ({ products }) => Object.keys(products) },
    requires: ["there is money in it"],
  })
  .run(({ state, draft, args, fail }) => {
    const wanted = state.products[args.product];
    if (!wanted) return fail.unknownProduct(args);
    if (wanted.left === 0) return fail.soldOut(args);
    if (wanted.cents > state.credit) return fail.tooLittle({ missing: wanted.cents - state.credit });
    const next = draft();
    next.products[args.product]!.left -= 1;
    next.credit -= wanted.cents;
    next.tray.push(args.product);
    return { product: args.product, credit: next.credit };
  });
const give_change = machine
  .write({
    description: "Give back the credit that is left.",
    args: z.object({}),
    result: z.strictObject({ cents: z.int() }),
    failures: { noCredit: failure(z.strictObject({}), () => "There is no credit.") },
  })
  .run(({ state, draft, fail }) => {
    if (state.credit === 0) return fail.noCredit({});
    draft().credit = 0;
    return { cents: state.credit };
  });

export const vending = machine.environment({
  tools: { list_products, insert_coin, choose_product, give_change },
  invariants: { "the credit is not negative": ({ credit }) => credit >= 0 },
});

const list = { direct: "Call 'list_products'.", tools: ["list_products"] };
/** What is right to say of each failure. */
export const vendingAdvice = {
  insert_coin: {
    noSuchCoin: () => ({
      diagnose: "It takes coins of 50, 100 and 200 cents.",
      guide: "Insert one of those.",
      direct: "",
    }),
  },
  choose_product: {
    unknownProduct: ({ state, error }: { state: Machine; error: { data: { product: string } } }) => ({
      diagnose: `'${error.data.product}' is not sold here.`,
      guide: `What is: ${Object.keys(state.products).join(", ")}.`,
      ...list,
    }),
    soldOut: () => ({ diagnose: "None of it is left.", guide: "Look what else there is.", ...list }),
    tooLittle: () => ({
      diagnose: "The credit does not reach.",
      guide: "Insert the coin of which the user spoke first, and then choose.",
      direct: "Call 'insert_coin'.",
      tools: ["insert_coin"],
    }),
  },
  give_change: {
    noCredit: () => ({ diagnose: "Nothing was put in, or all was spent.", guide: "There is no change.", direct: "" }),
  },
};
export const vendingHints = defineHints(vending, vendingAdvice);

const wares = ["crisps", "water", "tea", "nuts", "gum", "juice", "biscuits", "soup", "raisins"] as const;

/** "I have a coin of 200 cents and would like nuts." "Give me the change." */
export function vendingConversation(random: SeededRandom): Conversation {
  const offered = wares.filter(() => random.below(3) > 0);
  const wanted = random.pick(offered.length > 0 ? offered : wares);
  const products = Object.fromEntries(
    [...new Set([...offered, wanted])].map((name) => [
      name,
      { cents: name === wanted ? 10 * (5 + random.below(5)) : 10 * (3 + random.below(20)), left: 1 + random.below(4) },
    ]),
  );
  const coin = random.pick([100, 200]);
  const turns = [
    {
      user: `${random.pick(["I have", "Here is"])} a coin of ${coin} cents: get me ${wanted}.`,
      groundTruth: [
        { tool: "insert_coin", args: { cents: coin } },
        { tool: "choose_product", args: { product: wanted } },
      ],
    },
    ...(random.below(2) === 0
      ? [{ user: "And the change, please.", groundTruth: [{ tool: "give_change", args: {} }] }]
      : []),
  ];
  return { config: { products }, turns };
}
export const vendingLaws = {
  config: { products: { nuts: { cents: 120, left: 1 }, gum: { cents: 40, left: 3 } } },
  alsoTry: { "insert_coin.cents": [3], "choose_product.product": ["caviar"] },
};
