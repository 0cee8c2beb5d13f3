/** The desk of a library; conversations of several turns, tasks generated. */
import { z } from "zod";
import { defineRequests, type SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";

/** Who has a book, and who waits for it. */
const Book = z.strictObject({ lent_to: z.string().nullable(), reserved_by: z.string().nullable() });
const Desk = z.strictObject({ books: z.record(z.string(), Book), members: z.array(z.string()) });
type Desk = z.output<typeof Desk>;
const desk = defineState({ name: "LibraryDesk", state: Desk, config: Desk }).init((config) => config);

const about = z.strictObject({ title: z.string() });
const whose = z.strictObject({ title: z.string(), member: z.string() });
const unknownTitle = failure(about, ({ title }) => `The library has no '${title}'.`);
const unknownMember = failure(
  z.strictObject({ member: z.string() }),
  ({ member }) => `No member is named '${member}'.`,
);
const titles = ({ books }: Desk) => Object.keys(books);
const members = (state: Desk) => state.members;
const result = z.strictObject({ title: z.string(), status: z.string() });

const lend_book = desk
  .write({
    description: "Lend a book to a member.",
    args: z.object({ title: z.string(), member: z.string() }),
    result,
    failures: {
      ...{ unknownTitle, unknownMember },
      lent: failure(whose, ({ title, member }) => `'${title}' is lent to ${member}.`),
      reserved: failure(whose, ({ title, member }) => `'${title}' is kept for ${member}.`),
    },
    candidates: { title: titles, member: members },
    requires: ["the book is here"],
  })
  .run(({ state, draft, args: { title, member }, fail }) => {
    const book = state.books[title];
    if (!book) return fail.unknownTitle({ title });
    if (!state.members.includes(member)) return fail.unknownMember({ member });
    if (book.lent_to !== null) return fail.lent({ title, member: book.lent_to });
    if (book.reserved_by !== null && book.reserved_by !== member)
      return fail.reserved({ title, member: book.reserved_by });
    draft().books[title] = { lent_to: member, reserved_by: null };
    return { title, status: `lent to ${member}` };
  });
const take_back = desk
  .write({
    description: "Take back a book that was lent.",
    args: z.object({ title: z.string() }),
    result,
    failures: { unknownTitle, notLent: failure(about, ({ title }) => `'${title}' is not lent.`) },
    candidates: { title: titles },
    provides: ["the book is here"],
  })
  .run(({ state, draft, args: { title }, fail }) => {
    const book = state.books[title];
    if (!book) return fail.unknownTitle({ title });
    if (book.lent_to === null) return fail.notLent({ title });
    draft().books[title]!.lent_to = null;
    return { title, status: "back" };
  });
const reserve_book = desk
  .write({
    description: "Keep a book for a member, for when it is next here.",
    args: z.object({ title: z.string(), member: z.string() }),
    result,
    failures: {
      ...{ unknownTitle, unknownMember },
      reserved: failure(whose, ({ title, member }) => `'${title}' is kept for ${member}.`),
    },
    candidates: { title: titles, member: members },
  })
  .run(({ state, draft, args: { title, member }, fail }) => {
    const book = state.books[title];
    if (!book) return fail.unknownTitle({ title });
    if (!state.members.includes(member)) return fail.unknownMember({ member });
    if (book.reserved_by !== null) return fail.reserved({ title, member: book.reserved_by });
    draft().books[title]!.reserved_by = member;
    return { title, status: `kept for ${member}` };
  });
const who_has = desk
  .read({
    description: "Tell who has a book, and for whom it is kept.",
    args: z.object({ title: z.string() }),
    result: Book,
    failures: { unknownTitle },
    candidates: { title: titles },
  })
  .run(({ state, args: { title }, fail }) => state.books[title] ?? fail.unknownTitle({ title }));

export const library = desk.environment({ tools: { lend_book, take_back, reserve_book, who_has } });

const noTitle = ({ error, state }: { state: Desk; error: { data: { title: string } } }) => ({
  diagnose: `The library has no book titled '${error.data.title}'.`,
  guide: `Its books: ${titles(state).join(", ")}.`,
  direct: "",
});
const noMember = ({ error, state }: { state: Desk; error: { data: { member: string } } }) => ({
  diagnose: `'${error.data.member}' is not a member.`,
  guide: `The members: ${state.members.join(", ")}.`,
  direct: "",
});
const kept = ({ error }: { error: { data: { member: string } } }) => ({
  diagnose: `A book that is kept for ${error.data.member} goes to nobody else.`,
  guide: "Leave it, and go on with what else was asked for.",
  direct: "",
});
export const libraryHints = defineHints(library, {
  lend_book: {
    unknownTitle: noTitle,
    unknownMember: noMember,
    lent: () => ({
      diagnose: "A book that is lent cannot be lent again.",
      guide: "If it has been brought, take it back first.",
      direct: "Call 'take_back' with the title.",
      tools: ["take_back"],
    }),
    reserved: kept,
  },
  take_back: {
    unknownTitle: noTitle,
    notLent: () => ({ diagnose: "It stands on its shelf.", guide: "Nothing need be taken back.", direct: "" }),
  },
  reserve_book: { unknownTitle: noTitle, unknownMember: noMember, reserved: kept },
  who_has: { unknownTitle: noTitle },
});
export const libraryRequests = defineRequests(library, {
  nouns: { title: "book", member: "member" },
  tools: {
    lend_book: ({ title, member }) => `lend ${title} to ${member}`,
    take_back: ({ title }) => `take back ${title}`,
    reserve_book: ({ title, member }) => `keep ${title} for ${member}`,
    who_has: ({ title }) => `tell me who has ${title}`,
  },
});

const shelf = [
  "Emma",
  "Ulysses",
  "Middlemarch",
  "Walden",
  "Persuasion",
  "Kim",
  "Dracula",
  "Candide",
  "Orlando",
  "Rob Roy",
];
const people = ["Ines", "Bruno", "Clara", "Dmitri", "Faye", "Goran"];
export const libraryConfig = (random: SeededRandom): z.input<typeof Desk> => {
  const here = people.filter(() => random.below(3) > 0).concat(["Hanna"]);
  const books = shelf
    .filter(() => random.below(2) === 0)
    .concat(["Ivanhoe"])
    .map((title) => [
      title,
      {
        lent_to: random.below(2) === 0 ? random.pick(here) : null,
        reserved_by: random.below(5) === 0 ? random.pick(here) : null,
      },
    ]);
  return { books: Object.fromEntries(books), members: here };
};
/** Nine of the books, none of them kept. */
export const libraryDay = (random: SeededRandom): z.output<typeof Desk> => {
  const skipped = random.pick(shelf);
  const books = shelf
    .filter((title) => title !== skipped)
    .map((title) => [title, { lent_to: random.below(2) === 0 ? random.pick(people) : null, reserved_by: null }]);
  return { books: Object.fromEntries(books), members: people };
};
export const libraryLaws = {
  config: {
    books: {
      Emma: { lent_to: "Ines", reserved_by: null },
      Kim: { lent_to: null, reserved_by: "Ines" },
      Walden: { lent_to: null, reserved_by: null },
    },
    members: ["Ines", "Bruno"],
  },
  alsoTry: {
    "lend_book.title": ["Nana"],
    "lend_book.member": ["Nobody"],
    "take_back.title": ["Nana"],
    "reserve_book.title": ["Nana"],
    "reserve_book.member": ["Nobody"],
    "who_has.title": ["Nana"],
  },
};
