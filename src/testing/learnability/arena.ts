import { replayGroundTruth } from "../../grading/ground-truth.ts";
import type { Task } from "../../task/task.ts";
import { type HintPool, hintPool } from "../shuffled-hints.ts";
import { armFeedback } from "./arm-feedback.ts";
import type { Arm } from "./arms.ts";
import { Course } from "./course.ts";
import type { Feedback } from "./failure.ts";
import { checkSides, type LearnabilitySubject } from "./subject.ts";

/** Places come by, some kilobytes each where they are kept; beyond that all are forgotten and found anew. */
const mostPlaces = 30_000;

/** All that the trainings of a subject share: nothing in it depends on an arm or a seed. */
export class Arena {
  readonly subject: LearnabilitySubject;
  readonly #courses = new Map<string, Course>();
  readonly #pool: HintPool;

  constructor(subject: LearnabilitySubject) {
    checkSides(subject);
    this.subject = subject;
    const { tasks, heldOut, environmentOf, extension, reward } = subject;
    for (const task of [...tasks, ...heldOut]) {
      const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
      this.#courses.set(task.id, new Course(truth, reward));
    }
    const truths = tasks.map(({ id }) => this.#courses.get(id)!.truth);
    this.#pool = hintPool(subject.hints, truths, "learnability");
  }

  courseOf({ id }: Pick<Task, "id">): Course {
    return this.#courses.get(id)!;
  }

  feedbackOf(hints: Arm["hints"], { family }: Task): Feedback {
    return armFeedback(hints, this.subject.hints, this.#pool, family);
  }

  /** Bounds the memory; what is forgotten is the same when it is found again. */
  tidy(): void {
    let places = 0;
    for (const course of this.#courses.values()) places += course.places;
    if (places > mostPlaces) for (const course of this.#courses.values()) course.forget();
  }
}
