import { z } from "zod";
import { failure } from "../../src/core/outcome.ts";
import * as python from "../../src/python/number.ts";
import { float } from "../../src/python/schema.ts";
import type { PyNumber } from "../../src/python/value.ts";
import { answer, numberResult } from "./result.ts";
import { mathState } from "./state.ts";

const list = z.object({ numbers: z.array(float) });
const emptyList = (sought: string) => failure(z.strictObject({}), () => `Cannot ${sought} of an empty list`);

const average = (numbers: readonly PyNumber[]) => python.divide(python.sum(numbers), numbers.length);

export const mean = mathState
  .read({
    description: "Calculate the arithmetic mean of a list of numbers. The list must not be empty.",
    args: list,
    result: numberResult,
    failures: { emptyList: emptyList("calculate mean") },
  })
  .run(({ args: { numbers }, fail }) => {
    if (numbers.length === 0) return fail.emptyList({});
    return { result: average(numbers) };
  });

export const standard_deviation = mathState
  .read({
    description:
      "Calculate the standard deviation of a list of numbers, taken as the whole population. The list must not be empty.",
    args: list,
    result: numberResult,
    failures: { emptyList: emptyList("calculate standard deviation") },
  })
  .run(({ args: { numbers }, fail }) => {
    if (numbers.length === 0) return fail.emptyList({});
    const middle = average(numbers);
    const squares = numbers.map((number) => python.power(python.subtract(number, middle), 2));
    const variance = python.divide(python.sum(squares), numbers.length);
    return { result: python.floatValue(Math.sqrt(python.toDouble(variance))) };
  });

export const min_value = mathState
  .read({
    description: "Find the smallest number of a list. The list must not be empty.",
    args: list,
    result: numberResult,
    failures: { emptyList: emptyList("find minimum") },
  })
  .run(({ args: { numbers }, fail }) => {
    if (numbers.length === 0) return fail.emptyList({});
    return { result: python.minimum(numbers) as PyNumber };
  });

export const max_value = mathState
  .read({
    description: "Find the largest number of a list. The list must not be empty.",
    args: list,
    result: numberResult,
    failures: { emptyList: emptyList("find maximum") },
  })
  .run(({ args: { numbers }, fail }) => {
    if (numbers.length === 0) return fail.emptyList({});
    return { result: python.maximum(numbers) as PyNumber };
  });

export const sum_values = mathState
  .read({
    description: "Add up a list of numbers. The list must not be empty.",
    args: list,
    result: numberResult,
    failures: { emptyList: emptyList("calculate sum") },
  })
  .run(({ args: { numbers }, fail }) => {
    if (numbers.length === 0) return fail.emptyList({});
    return answer(python.sum(numbers));
  });
