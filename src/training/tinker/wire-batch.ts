import { TinkerError } from "./tinker-error.ts";

export interface TinkerTensor {
  readonly data: readonly number[];
  readonly dtype: "int64" | "float32";
  readonly shape: readonly number[];
}

/** A sequence to learn from, shifted by one: `modelInput` are its tokens but the last, and the inputs belong to its tokens but the first. */
export interface TinkerDatum {
  readonly modelInput: readonly number[];
  /** `target_tokens`, and what the loss needs: `weights`, or `logprobs` and `advantages`; each as long as `modelInput`. */
  readonly lossInputs: Readonly<Record<string, TinkerTensor>>;
}

export function int64(data: readonly number[]): TinkerTensor {
  return { data, dtype: "int64", shape: [data.length] };
}

export function float32(data: readonly number[]): TinkerTensor {
  return { data, dtype: "float32", shape: [data.length] };
}

export function modelInput(tokens: readonly number[]) {
  return { chunks: [{ type: "encoded_text", tokens }] };
}

/** What one request may hold. */
export interface BatchLimits {
  readonly data: number;
  /** Of JSON. */
  readonly bytes: number;
}

/** The data in requests that keep to the limits; a datum over the limit goes alone. */
export function splitBatch(data: readonly TinkerDatum[], limits: BatchLimits): object[][] {
  const requests: object[][] = [];
  let bytes = 0;
  for (const { modelInput: tokens, lossInputs } of data) {
    const wire = { model_input: modelInput(tokens), loss_fn_inputs: lossInputs };
    const size = JSON.stringify(wire).length;
    const last = requests.at(-1);
    if (last && last.length < limits.data && bytes + size <= limits.bytes) {
      last.push(wire);
      bytes += size;
    } else {
      requests.push([wire]);
      bytes = size;
    }
  }
  return requests;
}

type Metrics = Readonly<Record<string, number>>;

/** The metrics of a batch that went in several requests. A name ends in how it adds up: `loss:sum`. */
export function joinMetrics(parts: readonly { readonly metrics: Metrics; readonly data: number }[]): Metrics {
  const names = new Set(parts.flatMap(({ metrics }) => Object.keys(metrics)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = parts.flatMap(({ metrics, data }) => (name in metrics ? [{ value: metrics[name]!, data }] : []));
      return [name, joined(name.split(":").at(-1)!, values)];
    }),
  );
}

function joined(way: string, values: readonly { readonly value: number; readonly data: number }[]): number {
  const plain = values.map(({ value }) => value);
  if (way === "sum") return plain.reduce((sum, value) => sum + value, 0);
  if (way === "min") return Math.min(...plain);
  if (way === "max") return Math.max(...plain);
  if (way !== "mean") return plain.at(-1)!;
  const data = values.reduce((sum, { data }) => sum + data, 0);
  return values.reduce((sum, { value, data }) => sum + value * data, 0) / data;
}

/** One list of log-probabilities for each datum, as long as its input. */
export function checkedLogprobs(
  outputs: readonly { readonly logprobs?: { readonly data: readonly number[] } | undefined }[],
  data: readonly object[],
): (readonly number[])[] {
  if (outputs.length !== data.length)
    throw new TinkerError(`loss_fn_outputs holds ${outputs.length} data and ${data.length} were sent`, "lasting");
  return outputs.map(({ logprobs }, index) => {
    const { shape } = (data[index] as { loss_fn_inputs: Record<string, TinkerTensor> }).loss_fn_inputs.target_tokens!;
    if (!logprobs || logprobs.data.length !== shape[0])
      throw new TinkerError(
        `loss_fn_outputs[${index}].logprobs: expected ${shape[0]} numbers, got ${logprobs?.data.length ?? "none"}`,
        "lasting",
      );
    return logprobs.data;
  });
}
