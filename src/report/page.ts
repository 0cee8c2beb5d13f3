import { type Blocks, packed } from "./blocks.ts";
import type { ReportApp } from "./report-app.ts";
import type { ReportData } from "./report-data.ts";

export interface Page {
  readonly title: string;
  readonly data: ReportData;
  readonly episodeBlocks: Blocks;
  readonly taskBlocks: Blocks;
  readonly app: ReportApp;
}

/** The page may load nothing from anywhere. */
const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * The page, part by part. All that comes from traces is deflated and in base64, which holds no character of HTML; the app shows it
 * as text.
 */
export async function* pageParts({ title, data, episodeBlocks, taskBlocks, app }: Page): AsyncGenerator<Uint8Array> {
  const bytes = (text: string) => Buffer.from(text);
  yield bytes(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${app.style}</style>
</head>
<body>
<noscript>This report needs JavaScript.</noscript>
`);
  yield bytes(dataElement("report", packed(JSON.stringify(data))));
  for (const [name, { texts }] of [
    ["episodes", episodeBlocks],
    ["tasks", taskBlocks],
  ] as const)
    for (const [index, text] of texts.entries()) yield bytes(dataElement(`${name}-${index}`, text));
  yield bytes(`<script>${app.script}</script>\n</body>\n</html>\n`);
}

const dataElement = (id: string, text: string): string => `<script type="text/plain" id="${id}">${text}</script>\n`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
