import { z } from "zod";

/** JSON has no such numbers, and servers write them as words or as null. */
const AnyNumber = z
  .union([z.number(), z.null(), z.literal(["NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"])])
  .transform((value) => {
    if (value === null) return Number.NaN;
    return typeof value === "number" ? value : Number(value.replace(/inf$/, "Infinity").replace("nan", "NaN"));
  });

const Tensor = z.looseObject({ data: z.array(AnyNumber) });

export const Session = z.looseObject({
  session_id: z.string(),
  info_message: z.string().nullish(),
  warning_message: z.string().nullish(),
  error_message: z.string().nullish(),
});

export const ServerCapabilities = z.looseObject({
  supported_models: z.array(z.looseObject({ model_name: z.string() })),
});

export const ClientConfig = z.looseObject({
  fwdbwd_max_chunk_len: z.int().positive().default(1024),
  fwdbwd_max_chunk_bytes_count: z.int().positive().default(5_000_000),
});

/** SkyRL's description of itself, as far as it tells whether optimiser steps have numbers. */
export const Description = z.looseObject({
  components: z.looseObject({
    schemas: z.looseObject({ OptimStepRequest: z.looseObject({ properties: z.record(z.string(), z.unknown()) }) }),
  }),
});

export const Pending = z.looseObject({ request_id: z.string() });
export const CreatedModel = z.looseObject({ model_id: z.string() });
export const SamplingSession = z.looseObject({ sampling_session_id: z.string() });
export const Anything = z.unknown();

export const ModelInfo = z.looseObject({
  model_data: z.looseObject({
    base_model: z.string().nullish(),
    model_name: z.string().nullish(),
    lora_config: z.looseObject({ rank: z.int() }).nullish(),
  }),
});

export const ForwardBackwardResult = z.looseObject({
  loss_fn_outputs: z.array(z.looseObject({ logprobs: Tensor.optional(), elementwise_loss: Tensor.optional() })),
  metrics: z
    .record(z.string(), AnyNumber)
    .nullish()
    .transform((metrics) => metrics ?? {}),
});

export const OptimStepResult = z.looseObject({
  metrics: z
    .record(z.string(), AnyNumber)
    .nullish()
    .transform((metrics) => metrics ?? {}),
});

export const SavedWeights = z.looseObject({ path: z.string() });

export const SampleResult = z.looseObject({
  sequences: z.array(
    z.looseObject({
      tokens: z.array(z.int()),
      logprobs: z.array(AnyNumber).nullish(),
      stop_reason: z.enum(["stop", "length"]),
    }),
  ),
  prompt_logprobs: z.array(z.union([z.null(), AnyNumber])).nullish(),
});

export const WeightsInfo = z.looseObject({
  base_model: z.string(),
  is_lora: z.boolean(),
  lora_rank: z.int().nullish(),
});

export const CheckpointList = z.looseObject({
  checkpoints: z.array(
    z.looseObject({
      checkpoint_id: z.string(),
      checkpoint_type: z.string(),
      time: z.string().nullish(),
      tinker_path: z.string(),
    }),
  ),
});
