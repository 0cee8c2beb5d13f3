import {
  absolute_value,
  add,
  divide,
  multiply,
  percentage,
  power,
  round_number,
  subtract,
} from "./arithmetic-tools.ts";
import { max_value, mean, min_value, standard_deviation, sum_values } from "./list-tools.ts";
import { logarithm, square_root } from "./precision-tools.ts";
import { mathState } from "./state.ts";
import { imperial_si_conversion, si_unit_conversion } from "./unit-tools.ts";

/** BFCL's MathAPI: 17 calculations without a state. */
export const math = mathState.environment({
  tools: {
    logarithm,
    mean,
    standard_deviation,
    si_unit_conversion,
    imperial_si_conversion,
    add,
    subtract,
    multiply,
    divide,
    power,
    square_root,
    absolute_value,
    round_number,
    percentage,
    min_value,
    max_value,
    sum_values,
  },
});
