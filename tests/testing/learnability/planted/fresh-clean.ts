import { composed } from "./compose-tasks.ts";
import {
  boathouse,
  boathouseConfig,
  boathouseHints,
  boathouseLaws,
  boathouseRequests,
} from "./environments/boathouse.ts";
import { cakeConversation, cakeHints, cakeLaws, cakeOrders } from "./environments/cake-orders.ts";
import { dishwasher, dishwasherConversation, dishwasherHints, dishwasherLaws } from "./environments/dishwasher.ts";
import { greenhouse, greenhouseConversation, greenhouseHints, greenhouseLaws } from "./environments/greenhouse.ts";
import { pharmacy, pharmacyConversation, pharmacyHints, pharmacyLaws } from "./environments/pharmacy.ts";
import { telescope, telescopeConversation, telescopeHints, telescopeLaws } from "./environments/telescope.ts";
import { generated } from "./generated.ts";
import type { Planted } from "./planted.ts";
import { subjectOf } from "./subject-of.ts";

/** Six with nothing wrong, written without a look at the detector or at what it says of them. */
export const freshClean: Readonly<Record<string, Planted>> = {
  dishwasher: {
    about: "two tools, one turn; the door, of which nobody speaks, is open in half of the tasks",
    ...{ expected: [], half: "fresh", laws: dishwasherLaws },
    make: () => subjectOf("dishwasher", dishwasher, dishwasherHints, composed(dishwasher, dishwasherConversation)),
  },
  telescope: {
    about: "six tools, one or two turns, each of which may need a step that nobody asks for",
    ...{ expected: [], half: "fresh", laws: telescopeLaws },
    make: () => subjectOf("telescope", telescope, telescopeHints, composed(telescope, telescopeConversation)),
  },
  pharmacy: {
    about: "four tools; the number has to be looked up, and a third of the time stock ordered before",
    ...{ expected: [], half: "fresh", laws: pharmacyLaws },
    make: () => subjectOf("pharmacy", pharmacy, pharmacyHints, composed(pharmacy, pharmacyConversation)),
  },
  "cake orders": {
    about: "four tools, two or three turns; the order's number comes from the first result, and a text needs icing",
    ...{ expected: [], half: "fresh", laws: cakeLaws },
    make: () => subjectOf("cake orders", cakeOrders, cakeHints, composed(cakeOrders, cakeConversation)),
  },
  greenhouse: {
    about: "five tools, one or two turns; water comes through a valve that is shut in half of the beds",
    ...{ expected: [], half: "fresh", laws: greenhouseLaws },
    make: () => subjectOf("greenhouse", greenhouse, greenhouseHints, composed(greenhouse, greenhouseConversation)),
  },
  boathouse: {
    about: "seven tools, several turns of generated orders, with boats that are out or damaged",
    ...{ expected: [], half: "fresh", laws: boathouseLaws },
    make: () =>
      subjectOf(
        "boathouse",
        boathouse,
        boathouseHints,
        generated({
          ...{ environment: boathouse, configs: boathouseConfig, requests: [boathouseRequests] },
          ...{ calls: [2, 5], turns: [2, 3] },
        }),
      ),
  },
};
