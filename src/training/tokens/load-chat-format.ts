import { basename, join, resolve } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { DataError } from "../../task/problem.ts";
import type { ChatFormat } from "./chat-format.ts";
import { readChatTemplate } from "./chat-template.ts";
import { literalText } from "./literal-text.ts";
import { readModelFiles } from "./model-files.ts";

/**
 * The chat format of a model whose files lie in a folder: `tokenizer.json`, `tokenizer_config.json`, `chat_template.jinja` unless
 * the configuration holds the template, and `generation_config.json` and `config.json` where there are any. Throws a `DataError`
 * that names a file which is missing or cannot be used.
 */
export async function loadChatFormat(folder: string): Promise<ChatFormat> {
  const files = await readModelFiles(folder);
  const { tokenizer: vocabulary, tokenizerConfig, endOfSequence, hash } = files;
  const tokenizer = openTokenizer(join(folder, "tokenizer.json"), vocabulary, tokenizerConfig);
  const added = vocabulary.added_tokens;
  const { eos_token } = tokenizerConfig;
  const stops = [...endOfSequence, ...added.filter(({ content }) => content === eos_token).map(({ id }) => id)];
  const guarded = added.filter(({ id, special }) => special || stops.includes(id)).map(({ content }) => content);
  const { literally, pieces } = literalText(guarded);
  const template = readChatTemplate(
    files,
    added.map(({ content }) => content),
    literally,
  );
  const end = added.find(({ content }) => content === template.endOfMessage)!.id;
  return {
    name: basename(resolve(folder)),
    hash,
    stopTokens: [...new Set([end, ...stops])],
    ...template,
    literally,
    encode: (text) => pieces(text).flatMap((piece) => encodePiece(tokenizer, piece)),
    decode: (tokens) => decodeAll(tokenizer, tokens),
  };
}

function openTokenizer(file: string, vocabulary: object, config: object): Tokenizer {
  try {
    return new Tokenizer(vocabulary, config);
  } catch (error) {
    throw new DataError(`${file} holds no tokenizer that can be used: ${(error as Error).message}`);
  }
}

function encodePiece(tokenizer: Tokenizer, piece: string): number[] {
  const { ids } = tokenizer.encode(piece, { add_special_tokens: false });
  if (ids.some((id: number | undefined) => id === undefined))
    throw new DataError(`the vocabulary has no tokens for ${JSON.stringify(piece.slice(0, 80))}`);
  return ids;
}

function decodeAll(tokenizer: Tokenizer, tokens: readonly number[]): string {
  let text = "";
  let known: number[] = [];
  const flush = () => {
    if (known.length > 0)
      text += tokenizer.decode(known, { skip_special_tokens: false, clean_up_tokenization_spaces: false });
    known = [];
  };
  for (const token of tokens) {
    if (tokenizer.id_to_token(token) !== undefined) known.push(token);
    else {
      flush();
      text += "\ufffd";
    }
  }
  flush();
  return text;
}
