import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DataError } from "../../task/problem.ts";

const tokenIds = z.union([z.int().transform((id) => [id]), z.array(z.int())]).nullish();
const tokenText = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);

const TokenizerFile = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: z.int(), content: z.string(), special: z.boolean().optional() })),
});
const TokenizerConfig = z.looseObject({
  bos_token: tokenText.nullish(),
  eos_token: tokenText.nullish(),
  unk_token: tokenText.nullish(),
  pad_token: tokenText.nullish(),
  chat_template: z.union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))]).nullish(),
});
const ModelConfig = z.looseObject({ eos_token_id: tokenIds });

/** What a model's folder says about its tokens and its conversations. */
export interface ModelFiles {
  /** Of the bytes of all files read. */
  readonly hash: string;
  readonly tokenizer: z.output<typeof TokenizerFile>;
  readonly tokenizerConfig: z.output<typeof TokenizerConfig>;
  /** A Jinja template, and the file it stands in. */
  readonly template: { readonly text: string; readonly file: string };
  /** Tokens that end a sequence, as the model's configuration has them. */
  readonly endOfSequence: readonly number[];
}

/** Reads the files of a model in the form of Hugging Face. Throws a `DataError` that names a file which is missing or broken. */
export async function readModelFiles(folder: string): Promise<ModelFiles> {
  const names = [
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
    "generation_config.json",
    "config.json",
  ];
  const files = new Map<string, Buffer>();
  for (const name of names) {
    const bytes = await bytesOf(join(folder, name));
    if (bytes) files.set(name, bytes);
  }
  const hash = createHash("sha256");
  for (const [name, bytes] of files) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  const read = <T extends z.ZodType>(name: string, schema: T) => parsed(join(folder, name), files.get(name), schema);
  const tokenizer = required(folder, "tokenizer.json", read("tokenizer.json", TokenizerFile));
  const tokenizerConfig = required(folder, "tokenizer_config.json", read("tokenizer_config.json", TokenizerConfig));
  const configs = [read("generation_config.json", ModelConfig), read("config.json", ModelConfig)];
  return {
    hash: hash.digest("hex"),
    tokenizer,
    tokenizerConfig,
    template: templateOf(folder, files.get("chat_template.jinja"), tokenizerConfig.chat_template),
    endOfSequence: configs.flatMap((config) => config?.eos_token_id ?? []),
  };
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new DataError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function required<T>(folder: string, name: string, content: T | undefined): T {
  if (content !== undefined) return content;
  throw new DataError(
    `${join(folder, name)} is missing; download tokenizer.json, tokenizer_config.json, generation_config.json and, where there is one, chat_template.jinja of the model's repository into this folder`,
  );
}

function parsed<T extends z.ZodType>(path: string, bytes: Buffer | undefined, schema: T): z.output<T> | undefined {
  if (!bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    const pointer = bytes.subarray(0, 20).toString().startsWith("version https") ? ", but a Git LFS pointer" : "";
    throw new DataError(`${path} is no JSON${pointer} (${(error as Error).message}); download it again`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path: place, message } = result.error.issues[0]!;
  throw new DataError(`${path}: ${place.join(".") || "the file"}: ${message}; take the file of the model's repository`);
}

/** As in the transformers library, the template's own file comes first, and of several templates the one named "default". */
function templateOf(
  folder: string,
  own: Buffer | undefined,
  configured: z.output<typeof TokenizerConfig>["chat_template"],
): ModelFiles["template"] {
  if (own) return { text: own.toString("utf8"), file: join(folder, "chat_template.jinja") };
  const file = join(folder, "tokenizer_config.json");
  if (typeof configured === "string") return { text: configured, file };
  const named = configured?.find(({ name }) => name === "default");
  if (named) return { text: named.template, file };
  throw new DataError(
    configured
      ? `${file}: chat_template has ${configured.map(({ name }) => name).join(", ")}, but none named default; put the one to use into chat_template.jinja`
      : `${folder} has no chat template; download chat_template.jinja of the model's repository, or of its instruction-tuned version, into this folder`,
  );
}
