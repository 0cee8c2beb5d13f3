import type { Task } from "./task.ts";

export const parts = ["train", "validation", "test"] as const;
export type Part = (typeof parts)[number];

/** Tasks to learn from, to choose stages and checkpoints by, and to report on. */
export type Split = Readonly<Record<Part, readonly Task[]>>;

/** What part of the families goes where; the three sum to 1. */
export type Shares = Readonly<Record<Part, number>>;
