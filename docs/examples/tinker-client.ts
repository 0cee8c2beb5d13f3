/** The Tinker client alone: a few steps of supervised learning, and a sample. */
import { float32, int64, TinkerClient } from "../../src/training/tinker/index.ts";

export async function learn(baseUrl: string, baseModel: string) {
  const client = await TinkerClient.connect({ baseUrl, apiKey: process.env.TINKER_API_KEY });
  const model = await client.createModel({ baseModel, rank: 8 });
  const datum = { modelInput: [1, 2], lossInputs: { target_tokens: int64([2, 3]), weights: float32([0, 1]) } };
  const adam = { learning_rate: 0.1, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0 };
  for (let step = 0; step < 20; step++)
    await Promise.all([model.forwardBackward([datum], { name: "cross_entropy" }), model.optimStep(adam)]);
  const sampler = await client.createSampler({ modelPath: await model.saveWeightsForSampler("learned") });
  const { sequences } = await sampler.sample({ promptTokens: [1, 2], samples: 1, maxTokens: 1, temperature: 0 });
  client.close();
  return sequences[0]!.tokens;
}
