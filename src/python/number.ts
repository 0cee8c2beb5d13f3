/** Python's numbers: making and reading them, and computing with them. */
export { maximum, minimum, sum } from "./aggregate.ts";
export { absolute, add, compare, divide, multiply, subtract } from "./arithmetic.ts";
export { floatRepr, formatFixed } from "./float-text.ts";
export { isFloat, isInt, isNumber } from "./kind.ts";
export { floatValue, intValue, toBigInt, toDouble } from "./number-value.ts";
export { power } from "./power.ts";
