/** The appointments of a vet, at one of 24 times. Its users never say which. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const times = Array.from({ length: 24 }, (_, index) => {
  const minutes = 9 * 60 + 20 * index;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
});
const Practice = z.strictObject({ animals: z.array(z.string()), visits: z.record(z.string(), z.string()) });
type Practice = z.output<typeof Practice>;
const practice = defineState({ name: "VetPractice", state: Practice, config: Practice }).init((config) => config);

const named = z.strictObject({ animal: z.string() });
const unknownAnimal = failure(named, ({ animal }) => `No animal is called '${animal}'.`);
const noVisit = failure(named, ({ animal }) => `${animal} has no appointment.`);
const animals = (state: Practice) => state.animals;
const result = z.strictObject({ animal: z.string(), time: z.string() });

const book_visit = practice
  .write({
    description: "Book an appointment for an animal, every 20 minutes from 09:00 to 16:40.",
    args: z.object({ animal: z.string(), time: z.enum(times) }),
    result,
    failures: {
      ...{ unknownAnimal },
      hasVisit: failure(result, ({ animal, time }) => `${animal} comes at ${time}.`),
      taken: failure(z.strictObject({ time: z.string() }), ({ time }) => `${time} is taken.`),
    },
    candidates: { animal: animals, time: () => times },
    provides: ["it has an appointment"],
  })
  .run(({ state, draft, args: { animal, time }, fail }) => {
    if (!state.animals.includes(animal)) return fail.unknownAnimal({ animal });
    if (Object.hasOwn(state.visits, animal)) return fail.hasVisit({ animal, time: state.visits[animal]! });
    if (Object.values(state.visits).includes(time)) return fail.taken({ time });
    draft().visits[animal] = time;
    return { animal, time };
  });
const cancel_visit = practice
  .write({
    description: "Cancel the appointment of an animal.",
    args: z.object({ animal: z.string() }),
    result: named,
    failures: { unknownAnimal, noVisit },
    candidates: { animal: animals },
    requires: ["it has an appointment"],
  })
  .run(({ state, draft, args: { animal }, fail }) => {
    if (!state.animals.includes(animal)) return fail.unknownAnimal({ animal });
    if (!Object.hasOwn(state.visits, animal)) return fail.noVisit({ animal });
    delete draft().visits[animal];
    return { animal };
  });
const visit_of = practice
  .read({
    description: "Tell when the appointment of an animal is.",
    args: z.object({ animal: z.string() }),
    result,
    failures: { unknownAnimal, noVisit },
    candidates: { animal: animals },
  })
  .run(({ state, args: { animal }, fail }) => {
    if (!state.animals.includes(animal)) return fail.unknownAnimal({ animal });
    return Object.hasOwn(state.visits, animal) ? { animal, time: state.visits[animal]! } : fail.noVisit({ animal });
  });

export const vet = practice.environment({ tools: { book_visit, cancel_visit, visit_of } });
const missing = ({ error }: { error: { data: { animal: string } } }) => namedAdvice(error.data.animal);
const none = stepAdvice("It has no appointment.", "Book one first.", "book_visit");
export const vetHints = defineHints(vet, {
  book_visit: {
    unknownAnimal: missing,
    hasVisit: stepAdvice("An animal has one appointment.", "Cancel that one first.", "cancel_visit"),
    taken: stepAdvice("Two cannot come at once.", "Take another time."),
  },
  cancel_visit: { unknownAnimal: missing, noVisit: none },
  visit_of: { unknownAnimal: missing, noVisit: none },
});

const pets = ["Bello", "Minka", "Rex", "Luna", "Pongo", "Tiger", "Daisy", "Coco"] as const;
/** "Book an appointment for Rex." The time, which the ground truth has, was left out of the wording. */
export function vetConversation(random: SeededRandom): Conversation {
  const animal = random.pick(pets);
  const others = pets.filter((one) => one !== animal && random.below(3) > 0);
  const drawn = [...times];
  const draw = () => drawn.splice(random.below(drawn.length), 1)[0]!;
  const visits = Object.fromEntries(others.map((one) => [one, draw()]));
  const user = `${random.pick(["Book", "Please book", "I need"])} an appointment for ${animal}.`;
  return {
    config: { animals: [...others, animal], visits },
    turns: [{ user, groundTruth: [{ tool: "book_visit", args: { animal, time: draw() } }] }],
  };
}
export const vetLaws = {
  config: { animals: ["Rex", "Luna", "Coco"], visits: { Luna: "09:00" } },
  alsoTry: {
    "book_visit.animal": ["Nessie"],
    "book_visit.time": ["09:00"],
    "cancel_visit.animal": ["Nessie"],
    "visit_of.animal": ["Nessie"],
  },
};
