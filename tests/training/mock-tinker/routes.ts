import type { Engine } from "./engine.ts";
import type { FaultKind } from "./faults.ts";
import type { LossInput } from "./losses.ts";
import { Refusal } from "./refusal.ts";

/** A request's answer; for what takes time, the name under which to poll. */
export function answer(
  engine: Engine,
  method: string,
  path: string,
  body: any,
  key: string,
  fails: boolean,
  protobuf: "requests" | "answers" | undefined,
): unknown {
  const failure = fails ? { error: "the machine is out of memory", category: "server" } : undefined;
  const pending = (request: string) => ({ future_id: request, request_id: request, status: "pending" });
  const [first, id, third, ...rest] = path.split("/");
  if (method === "DELETE" && first === "training_runs" && third === "checkpoints")
    return engine.checkpoints.delete(id!, rest.join("/")) ?? {};
  if (third === "checkpoints") return { checkpoints: engine.checkpoints.list(id!) };
  switch (path) {
    case "healthz":
      return { status: "ok" };
    case "client/config":
      return { pjwt_auth_enabled: false };
    case "get_server_capabilities":
      return { supported_models: [{ model_name: engine.baseModel }] };
    case "create_session":
      return engine.createSession(key);
    case "session_heartbeat":
      engine.needSession(body.session_id);
      return { type: "session_heartbeat" };
    case "create_model":
      return engine.createModel(body);
    case "get_info": {
      const { id, base, rank } = engine.model(body.model_id);
      const model_data = { base_model: base, model_name: base, lora_config: { rank } };
      return { model_id: id, status: "created", model_data };
    }
    case "unload_model":
      engine.model(body.model_id);
      engine.models.delete(body.model_id);
      return { ...pending(engine.futures.finished({ model_id: body.model_id, type: "unload_model" })) };
    case "create_sampling_session":
      return engine.createSampler(body);
    case "forward":
    case "forward_backward": {
      if (protobuf === "requests")
        throw new Refusal(415, "forward_backward requires a application/x-protobuf body (tinker SDK >= 0.25.0)");
      const input: LossInput = path === "forward" ? body.forward_input : body.forward_backward_input;
      check(input, engine.flavour === "hosted");
      const work = (model: any) => engine.forwardBackward(model, input, path === "forward_backward");
      return pending(engine.inOrder(path, body, work, failure));
    }
    case "optim_step":
      return pending(engine.inOrder(path, body, (model) => engine.optimStep(model, body.adam_params), failure));
    case "save_weights":
    case "save_weights_for_sampler": {
      const kind = path === "save_weights" ? "weights" : "sampler_weights";
      if (engine.flavour === "skyrl" && engine.checkpoints.has(body.model_id, kind, body.path))
        throw new Refusal(409, `Checkpoint '${body.path}' already exists for model '${body.model_id}'`);
      const save = (model: any) => ({ path: engine.save(model, kind, body.path), type: path });
      return pending(engine.inOrder(path, body, save, failure));
    }
    case "load_weights":
      engine.checkpoints.at(body.path, "weights");
      return pending(engine.inOrder(path, body, (model) => engine.load(model, body.path, body.optimizer), failure));
    case "weights_info": {
      const { base, rank } = engine.checkpoints.at(body.tinker_path, "weights");
      return { base_model: base, is_lora: true, lora_rank: rank };
    }
    case "asample": {
      if (failure) return pending(engine.futures.finished(failure));
      const request = engine.futures.open();
      try {
        engine.futures.finish(request, engine.sample(body));
      } catch (error) {
        if (error instanceof Refusal) throw error;
        engine.futures.finish(request, { error: (error as Error).message, category: "user" });
      }
      return pending(request);
    }
    default:
      throw new Refusal(404, "Not Found");
  }
}

/** What is wrong with a batch. The hosted service is held to take no key that it has no use for. */
function check({ data, loss_fn }: LossInput, exact: boolean): void {
  const wanted =
    loss_fn === "cross_entropy" ? ["target_tokens", "weights"] : ["advantages", "logprobs", "target_tokens"];
  data.forEach(({ model_input, loss_fn_inputs }, index) => {
    const length = model_input.chunks.flatMap((chunk) => chunk.tokens).length;
    const keys = Object.keys(loss_fn_inputs).sort();
    if (exact && keys.join() !== wanted.join()) throw new Refusal(400, `datum ${index}: inputs are ${keys}`);
    for (const [key, { data }] of Object.entries(loss_fn_inputs)) {
      if (data.length !== length) throw new Refusal(400, `datum ${index}: ${key} has ${data.length} of ${length}`);
      if (!data.every((value) => Number.isFinite(value))) throw new Refusal(422, `datum ${index}: ${key} is no number`);
    }
  });
}

/** A poll's answer. */
export async function retrieve(
  engine: Engine,
  body: any,
  milliseconds: number,
  fault: FaultKind | undefined,
  random: number,
): Promise<{ status: number; answer: unknown }> {
  const id: string = body.request_id;
  const states = ["active", "paused_capacity", "paused_rate_limit"];
  if (fault === "408") return { status: 408, answer: { detail: "Timeout waiting for result" } };
  if (fault === "try_again")
    return {
      status: 200,
      answer: { type: "try_again", request_id: id, queue_state: states[Math.floor(random * 3)] },
    };
  if (fault === "metadata")
    return { status: 200, answer: { status: "complete_metadata", response_payload_size: 1000 } };
  if (fault === "410") engine.futures.lose(id);
  const outcome = await engine.futures.wait(id, milliseconds);
  if (outcome === undefined) return { status: 404, answer: { detail: "Future not found" } };
  if (outcome === "gone") return { status: 410, answer: { detail: "promise expired" } };
  if (outcome === "late") return { status: 408, answer: { detail: "Timeout waiting for result" } };
  const { result } = outcome as { result: any };
  if (engine.flavour === "skyrl" && result && typeof result === "object" && "error" in result)
    return { status: 400, answer: { detail: result.error } };
  return { status: 200, answer: result };
}
