import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const root = mkdtempSync(join(tmpdir(), "envtune-models-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Tokens beyond the 256 bytes, which are their own ids. */
export const added = [
  "<|endoftext|>",
  "<|im_start|>",
  "<|im_end|>",
  "<|begin_of_text|>",
  "<|start_header_id|>",
  "<|end_header_id|>",
  "<|eot_id|>",
  "<start_of_turn>",
  "<end_of_turn>",
  "<tool_call>",
  "</tool_call>",
  "<think>",
  "</think>",
] as const;
export const idOf = (token: (typeof added)[number]): number => 256 + added.indexOf(token);

/** The ids of a text by hand: its bytes, and the added tokens in it. */
export function idsByHand(text: string): number[] {
  const pattern = new RegExp(`(${added.map((token) => token.replaceAll("|", "\\|")).join("|")})`);
  return text
    .split(pattern)
    .flatMap((part) => (added.includes(part as never) ? [idOf(part as never)] : [...Buffer.from(part, "utf8")]));
}

export const chatMl = `{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}`;

/** Leaves thoughts out of what the model said before the user's last message. */
export const forgetful = `{%- set ns = namespace(last=-1) -%}
{%- for message in messages -%}
{%- if message.role == 'user' -%}{%- set ns.last = loop.index0 -%}{%- endif -%}
{%- endfor -%}
{%- for message in messages -%}
{%- set text = message.content -%}
{%- if message.role == 'assistant' and loop.index0 < ns.last -%}
{%- set text = text.split('</think>')[-1] -%}
{%- endif -%}
{{- '<|im_start|>' + message.role + '\\n' + text + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}`;

export const llama = `{{- bos_token -}}
{%- for message in messages -%}
{{- '<|start_header_id|>' + message.role + '<|end_header_id|>\\n\\n' + message.content | trim + '<|eot_id|>' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}{%- endif -%}`;

/** The system's words go into the user's first message, and roles have to alternate. */
export const gemma = `{%- set first = '' -%}{%- set rest = messages -%}
{%- if messages[0].role == 'system' -%}
{%- set first = messages[0].content + '\\n\\n' -%}{%- set rest = messages[1:] -%}
{%- endif -%}
{%- for message in rest -%}
{%- if (message.role == 'user') != (loop.index0 % 2 == 0) -%}{{- raise_exception('Roles must alternate') -}}{%- endif -%}
{%- set role = 'model' if message.role == 'assistant' else 'user' -%}
{{- '<start_of_turn>' + role + '\\n' + (first if loop.first else '') + message.content | trim + '<end_of_turn>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<start_of_turn>model\\n' -}}{%- endif -%}`;

export interface ModelFolder {
  readonly template?: string;
  /** Taken over the usual content; undefined leaves a file out. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** Tokens that are no special ones. */
  readonly plain?: readonly string[];
}

/** A folder as a model's repository has it, with a byte-level tokenizer that merges nothing. */
export function modelFolder({ template = chatMl, files = {}, plain = [] }: ModelFolder = {}): string {
  const folder = mkdtempSync(join(root, "model-"));
  const content = {
    "tokenizer.json": JSON.stringify(tokenizer(plain)),
    "tokenizer_config.json": JSON.stringify({ bos_token: { content: "<|begin_of_text|>" }, eos_token: "<|im_end|>" }),
    "chat_template.jinja": template,
    ...files,
  };
  for (const [name, text] of Object.entries(content)) if (text !== undefined) writeFileSync(join(folder, name), text);
  return folder;
}

function tokenizer(plain: readonly string[]) {
  const tokens = added.map((content, index) => ({ id: 256 + index, content, special: !plain.includes(content) }));
  const rest = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return {
    version: "1.0",
    added_tokens: tokens.map((token) => ({ ...token, ...rest })),
    normalizer: null,
    pre_tokenizer: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      vocab: Object.fromEntries(byteCharacters().map((character, byte) => [character, byte])),
      merges: [],
    },
  };
}

/** Byte-level vocabularies write each byte as a character that can be printed. */
function byteCharacters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}
