import { fileSystemHints } from "../../../../environments/file-system/hints.ts";
import { environmentOf, environments, requests } from "../../../../environments/index.ts";
import { messageHints } from "../../../../environments/messages/hints.ts";
import { ticketHints } from "../../../../environments/tickets/hints.ts";
import { vehicleHints } from "../../../../environments/vehicle/hints.ts";
import { type Hints, loadBundledTasks } from "../../../../src/index.ts";
import { composed } from "./compose-tasks.ts";
import { doorConversation, doorHints, doorLaws, doors } from "./environments/doors.ts";
import { elevator, elevatorConversation, elevatorHints, elevatorLaws } from "./environments/elevator.ts";
import { kettle, kettleConversation, kettleHints, kettleLaws } from "./environments/kettle.ts";
import { lampConfig, lampHints, lampLaws, lampRequests, lamps } from "./environments/lamps.ts";
import { library, libraryConfig, libraryHints, libraryLaws, libraryRequests } from "./environments/library.ts";
import { parking, parkingConfig, parkingHints, parkingLaws, parkingRequests } from "./environments/parking.ts";
import { vending, vendingConversation, vendingHints, vendingLaws } from "./environments/vending.ts";
import { wardrobe, wardrobeConversation, wardrobeHints, wardrobeLaws } from "./environments/wardrobe.ts";
import { generated } from "./generated.ts";
import type { Planted } from "./planted.ts";
import { subjectOf } from "./subject-of.ts";

const bundled = await loadBundledTasks(environmentOf);

/** One of envtune's own environments, from the configs of the bundled tasks. */
function own(name: string, hints: Hints, calls: readonly [number, number]): Planted["make"] {
  const environment = environments[name]!;
  const configs = bundled.filter((task) => task.environments.includes(name)).map(({ config }) => config[name] ?? {});
  return () =>
    subjectOf(
      name,
      environment,
      hints,
      generated({ environment, configs, calls, turns: [2, 3], requests: [requests[name]!] }),
    );
}

/** Twelve with nothing wrong, of which eight were written for this. */
export const clean: Readonly<Record<string, Planted>> = {
  doors: {
    about: "what stands in the way of a door is told by the failure, and has to be removed",
    ...{ expected: [], half: "tuning", laws: doorLaws },
    make: () => subjectOf("doors", doors, doorHints, composed(doors, doorConversation)),
  },
  lamps: {
    about: "one or two orders a turn, every value said",
    ...{ expected: [], half: "tuning", laws: lampLaws },
    make: () =>
      subjectOf(
        "lamps",
        lamps,
        lampHints,
        generated({
          ...{ environment: lamps, configs: lampConfig, requests: [lampRequests] },
          ...{ calls: [1, 3], turns: [1, 2] },
        }),
      ),
  },
  library: {
    about: "several turns of lending, keeping and taking back",
    ...{ expected: [], half: "tuning", laws: libraryLaws },
    make: () =>
      subjectOf(
        "library",
        library,
        libraryHints,
        generated({
          ...{ environment: library, configs: libraryConfig, requests: [libraryRequests] },
          ...{ calls: [3, 5], turns: [2, 3] },
        }),
      ),
  },
  kettle: {
    about: "steps that nobody asks for: the lid",
    ...{ expected: [], half: "tuning", laws: kettleLaws },
    make: () => subjectOf("kettle", kettle, kettleHints, composed(kettle, kettleConversation)),
  },
  vehicle: {
    about: "22 tools, generated conversations",
    ...{ expected: [], half: "tuning" },
    make: own("VehicleControlAPI", vehicleHints, [3, 5]),
  },
  tickets: {
    about: "9 tools with a login, generated conversations",
    ...{ expected: [], half: "tuning" },
    make: own("TicketAPI", ticketHints, [3, 5]),
  },
  vending: {
    about: "money before the choice, and sometimes the change",
    ...{ expected: [], half: "reporting", laws: vendingLaws },
    make: () => subjectOf("vending", vending, vendingHints, composed(vending, vendingConversation)),
  },
  parking: {
    about: "plates and minutes over several turns",
    ...{ expected: [], half: "reporting", laws: parkingLaws },
    make: () =>
      subjectOf(
        "parking",
        parking,
        parkingHints,
        generated({
          ...{ environment: parking, configs: parkingConfig, requests: [parkingRequests] },
          ...{ calls: [3, 5], turns: [2, 3] },
        }),
      ),
  },
  elevator: {
    about: "doors before each ride, one or two rides",
    ...{ expected: [], half: "reporting", laws: elevatorLaws },
    make: () => subjectOf("elevator", elevator, elevatorHints, composed(elevator, elevatorConversation)),
  },
  wardrobe: {
    about: "one or two pieces to their places, in one turn",
    ...{ expected: [], half: "reporting", laws: wardrobeLaws },
    make: () => subjectOf("wardrobe", wardrobe, wardrobeHints, composed(wardrobe, wardrobeConversation)),
  },
  messages: {
    about: "10 tools with a login, generated conversations",
    ...{ expected: [], half: "reporting" },
    make: own("MessageAPI", messageHints, [3, 5]),
  },
  files: {
    about: "18 tools of a file system, generated conversations",
    ...{ expected: [], half: "reporting" },
    make: own("GorillaFileSystem", fileSystemHints, [3, 5]),
  },
};
