import { nearestNames, quoted, shortly, type Unmet } from "../../../src/index.ts";
import { topics } from "../policy.ts";
import type { State } from "../schemas.ts";

const most = 3;

/** A value that stands for nothing here, and the nearest ones that do. `search` says how to find the right one. */
function unknown(
  argument: string,
  kind: string,
  given: string,
  known: readonly string[],
  search: Partial<Unmet>,
): Unmet {
  const values = nearestNames(given.slice(0, 80), known, most);
  const near =
    values.length > 0 ? `For '${argument}', the nearest ${values.length > 1 ? "are" : "is"} ${quoted(values)}. ` : "";
  return {
    condition: `'${argument}' is ${kind}`,
    now: `'${shortly(given)}' is none`,
    ...search,
    way: `${near}${search.way ?? ""}`.trim(),
    argument,
    values,
  };
}

export const unknownOrder = (state: State, given: string): Unmet =>
  unknown("order_id", "the id of an order", given, Object.keys(state.orders), {
    way: "The orders of a customer are listed where the customer is looked up.",
    call: "'find_customer' for the customer's orders",
    tools: ["find_customer"],
  });

export const unknownCustomer = (state: State, given: string): Unmet =>
  unknown("customer_id", "the id of a customer", given, Object.keys(state.customers), {
    way: "Look the customer up by name, or take the id from an order.",
    call: "'find_customer' with the name, or 'get_order' with an order's id",
    tools: ["find_customer", "get_order"],
  });

export const unknownProduct = (state: State, given: string): Unmet =>
  unknown("sku", "the code of a product", given, Object.keys(state.products), {
    way: "Look the product up by its name.",
    call: "'find_products' with the name",
    tools: ["find_products"],
  });

export const unknownTopic = (given: string): Unmet =>
  unknown("topic", "one of the topics that the description lists", given, topics, {
    way: "Choose the one that is nearest to the question.",
  });

export const noCustomer = ({ customers }: State, given: string): Unmet => {
  const all = Object.values(customers);
  const known = all.map(({ name, email }) => (given.includes("@") ? email : name));
  return unknown("name_or_email", "the full name or the e-mail address of a customer", given, known, {
    way: "Write it as the user did, and ask for the other of the two if it is not found; an order's id leads to its customer, too.",
    call: "'get_order' if an order's id is known",
    tools: ["get_order"],
  });
};

export const severalCustomers = (emails: readonly string[]): Unmet => ({
  condition: "only one customer of that name",
  now: `there are ${emails.length}`,
  way:
    emails.length <= most
      ? `For 'name_or_email', give the address of the one who is meant: ${quoted(emails)}. Ask where it is not clear.`
      : "For 'name_or_email', give the e-mail address; ask for it where it was not told.",
  argument: "name_or_email",
  values: emails.length <= most ? emails : [],
});

export const noProduct = ({ products }: State, given: string): Unmet => {
  const names = [...new Set(Object.values(products).flatMap(({ name, category }) => [name, category]))];
  return unknown("text", "a part of a product's name, or a category", given, names, {
    way: "A shorter part of the name finds more.",
  });
};

export const wrongPostcode = (state: State, customerId: string): Unmet => ({
  condition: "'postcode' is that of the customer",
  now: `the one given is not that of '${customerId}'${state.verified.length > 0 ? `; verified so far: ${quoted(state.verified)}` : ""}`,
  way: "Make sure that this is the customer who is meant; then ask for the postcode again, and do not guess it.",
});
