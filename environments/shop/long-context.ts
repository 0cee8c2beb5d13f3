import type { Category, Config } from "./schemas.ts";

const things: readonly (readonly [name: string, category: Category])[] = [
  ["Tea towel", "home"],
  ["Storage jar", "home"],
  ["Door hook", "home"],
  ["Travel charger", "electronics"],
  ["Bike light", "electronics"],
  ["Rain jacket", "clothing"],
  ["Wool socks", "clothing"],
  ["Crossword book", "books"],
];
const shades = ["amber", "slate", "moss", "coral", "ivory", "cobalt", "plum", "sand", "rust", "mint", "pearl", "onyx"];
const names = ["Aino", "Bram", "Chidi", "Dagny", "Emre", "Farah", "Goran", "Hanne", "Ilse", "Jovan", "Kaya", "Linus"];
const surnames = ["Abara", "Brandt", "Castel", "Dvorak", "Ekman"];
const oldOrdersEach = 24;

/**
 * A shop with a long history: 96 more products, 60 more customers, and 24 old orders for each customer that a config has, all of them
 * long out of every window. What the config holds stays as it is, under its own ids.
 */
export function longContext(config: Config): Config {
  const products: Config["products"] = {};
  for (const [index, [name, category]] of things.entries())
    for (const [at, shade] of shades.entries())
      products[`X${index + 1}${String(at + 1).padStart(2, "0")}`] = {
        ...{ name: `${name}, ${shade}`, category, price_cents: 700 + 130 * index + 15 * at },
        ...{ stock: (index + 3 * at) % 17, final_sale: (index + at) % 9 === 0 },
      };
  const customers: Config["customers"] = {};
  for (const [index, name] of names.entries())
    for (const [at, surname] of surnames.entries())
      customers[`K${index * surnames.length + at + 1}`] = {
        ...{ name: `${name} ${surname}`, email: `${name}.${surname}@mail.example`.toLowerCase() },
        ...{ postcode: String(31000 + 97 * (index * surnames.length + at)), store_credit_cents: 0 },
      };
  const methods: Config["methods"] = {};
  const orders: Config["orders"] = {};
  const skus = Object.keys(products);
  let next = 0;
  for (const customer_id of Object.keys(config.customers)) {
    const method = `A${customer_id}`;
    methods[method] = { customer_id, kind: "card", balance_cents: null };
    for (let count = 0; count < oldOrdersEach; count++, next++)
      orders[String(50000 + 7 * next)] = oldOrder(customer_id, method, count, [
        skus[next % 96]!,
        skus[(5 * next + 11) % 96]!,
      ]);
  }
  return {
    ...config,
    products: { ...products, ...config.products },
    customers: { ...customers, ...config.customers },
    methods: { ...methods, ...config.methods },
    orders: { ...orders, ...config.orders },
  };
}

function oldOrder(customer_id: string, paid_with: string, count: number, skus: readonly string[]) {
  const month = `${2019 + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  return {
    ...{ customer_id, placed_on: `${month}-03`, promised_on: `${month}-09` },
    shipments: { S1: { status: "delivered" as const, delivered_on: `${month}-08` } },
    lines: Object.fromEntries(
      skus.map((sku, index) => [
        String(index + 1),
        { sku, quantity: 1 + ((count + index) % 3), paid_with, shipment: "S1" },
      ]),
    ),
  };
}
