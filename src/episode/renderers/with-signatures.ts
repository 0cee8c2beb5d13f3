import type { Renderer } from "../renderer.ts";

/**
 * The renderer with each tool as a one-line signature, for small models: first prompts become about half as long. Only for renderers
 * that write tools as text: `hermes`, `tagged` and `python`.
 */
export const withSignatures = (renderer: Renderer): Renderer => ({
  ...renderer,
  name: `${renderer.name}+signatures`,
  observe: (transcript) => renderer.observe({ ...transcript, signatures: true }),
});
