import { rewards } from "../../../../src/index.ts";
import { composed, composeTasks, sizes } from "./compose-tasks.ts";
import { cafe, cafeConversation, cafeHints, cafeLaws } from "./environments/cafe.ts";
import { crane, craneConversation, craneLaws, olderCraneHints } from "./environments/crane.ts";
import { flyRail, flyRailConversation, flyRailHints, flyRailLaws } from "./environments/fly-rail.ts";
import {
  housekeeping,
  housekeepingConversation,
  housekeepingHints,
  housekeepingLaws,
  noErrorReward,
} from "./environments/housekeeping.ts";
import { differenceHints, parcelConversation, parcelDesk, parcelLaws } from "./environments/parcel-desk.ts";
import { vet, vetConversation, vetHints, vetLaws } from "./environments/vet.ts";
import type { Planted } from "./planted.ts";
import { subjectOf } from "./subject-of.ts";

/** Six with a mistake that authors make, written without a look at the detector or at what it says of them. */
export const freshBad: Readonly<Record<string, Planted>> = {
  "parcels stamped by the difference": {
    about: "the hint offers the stamps that are missing or too many as the number to stick on, right in 3 of 49 cases",
    ...{ expected: ["lying-hints"], half: "fresh", laws: parcelLaws },
    make: () =>
      subjectOf(
        "parcels stamped by the difference",
        parcelDesk,
        differenceHints,
        composed(parcelDesk, parcelConversation),
      ),
  },
  "crane with the hints of an older one": {
    about: "for the brake the hint names the horn, which does nothing, and not the tool that releases it",
    ...{ expected: ["lying-hints"], half: "fresh", laws: craneLaws },
    make: () =>
      subjectOf("crane with the hints of an older one", crane, olderCraneHints, composed(crane, craneConversation)),
  },
  "vet without a time": {
    about: "the ground truth books one of 24 times, and neither user nor state nor failure tells which",
    ...{ expected: ["unlearnable"], half: "fresh", laws: vetLaws },
    make: () => subjectOf("vet without a time", vet, vetHints, composed(vet, vetConversation)),
  },
  "housekeeping paid for no errors": {
    about: "a reward of the author's own pays a turn in which all calls succeeded, whatever they were",
    ...{ expected: ["gameable-reward"], half: "fresh", laws: housekeepingLaws },
    make: () =>
      subjectOf("housekeeping paid for no errors", housekeeping, housekeepingHints, {
        ...composed(housekeeping, housekeepingConversation),
        reward: noErrorReward,
      }),
  },
  "theatre paid at the end": {
    about:
      "five turns of three calls, and a reward for all of them or nothing: no attempt of a group differs from another",
    ...{ expected: ["vanishing-signal"], half: "fresh", laws: flyRailLaws },
    make: () =>
      subjectOf("theatre paid at the end", flyRail, flyRailHints, {
        ...composed(flyRail, flyRailConversation),
        reward: rewards.binary,
      }),
  },
  "café of regulars": {
    about: "what a guest takes can only be known by heart, and other guests come to the held-out tasks",
    ...{ expected: ["does-not-transfer"], half: "fresh", laws: cafeLaws },
    make: () =>
      subjectOf("café of regulars", cafe, cafeHints, {
        tasks: composeTasks(cafe, sizes.tasks, "morning", cafeConversation("morning")),
        heldOut: composeTasks(cafe, sizes.heldOut, "evening", cafeConversation("evening")),
      }),
  },
};
