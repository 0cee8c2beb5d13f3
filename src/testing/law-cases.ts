import { fileSystemHints } from "../../environments/file-system/hints.ts";
import { mathHints } from "../../environments/math/hints.ts";
import { messageHints } from "../../environments/messages/hints.ts";
import { postingHints } from "../../environments/posting/hints.ts";
import { shopHints } from "../../environments/shop/hints.ts";
import { ticketHints } from "../../environments/tickets/hints.ts";
import { tradingHints } from "../../environments/trading/hints.ts";
import { travelHints } from "../../environments/travel/hints.ts";
import { vehicleHints } from "../../environments/vehicle/hints.ts";
import { parseJson } from "../python/json.ts";
import type { LawOptions } from "./laws/law-options.ts";

const file = (content: string) => ({ type: "file" as const, content });
const directory = (contents: Record<string, unknown>) => ({ type: "directory" as const, contents });
/** JavaScript would put a key like "10" first; `$dict` keeps the order. */
const home = {
  $dict: [
    ["a", directory({ b: directory({ "deep.txt": file("deep") }) })],
    ["note.txt", file("two\none\n")],
    ["10", file("")],
  ],
};
/** An int that no float can hold. */
const huge = { $int: `1${"0".repeat(400)}` };
const ticket = (id: number | string, more: object = {}) => ({
  ...{ id, status: "Open", created_by: "ann", title: "Broken" },
  ...more,
});
const tweet = (id: number, username: string, more: object = {}) => [
  String(id),
  { id, username, content: `Tweet ${id}`, tags: [], ...more },
];

const readyToStart = {
  doorStatus: { driver: "locked", passenger: "locked", rear_left: "locked", rear_right: "locked" },
  ...{ brakePedalStatus: "pressed", brakePedalForce: 1000 },
};
const ann = {
  ...{ access_token: "tok-ann-77", token_type: "Bearer", token_expires_in: 3600, token_scope: "read_write" },
  ...{ user_first_name: "Ann", user_last_name: "Lee", budget_limit: 1000 },
  credit_card_list: { card_1: { balance: 5000 } },
  booking_record: {
    bk_1: {
      ...{ card_id: "card_1", travel_date: "2026-10-10", travel_from: "SFO", travel_to: "LAX" },
      ...{ travel_class: "economy", travel_cost: 400, transaction_id: "tr_1" },
    },
  },
};

/** One order whose lines came yesterday and late: whatever is drawn leads to its returns. */
const oneOrder = (lines: Record<string, object>) => ({
  today: "2025-03-14",
  customers: { C1: { name: "Ann Lee", email: "ann@lee.example", postcode: "20457" } },
  products: {
    CAMERA: { name: "Camera", category: "electronics" as const, price_cents: 32000, stock: 50 },
    LAMP: { name: "Lamp", category: "home" as const, price_cents: 4500, stock: 50 },
    SHADE: { name: "Shade", category: "home" as const, price_cents: 1800, stock: 0, final_sale: true },
  },
  methods: {
    V1: { customer_id: "C1", kind: "card" as const },
    G1: { customer_id: "C1", kind: "gift_card" as const, balance_cents: 500 },
  },
  orders: {
    "1": {
      ...{ customer_id: "C1", placed_on: "2025-02-20", promised_on: "2025-02-25" },
      shipments: { S1: { status: "delivered" as const, delivered_on: "2025-03-13" } },
      lines,
    },
  },
  verified: ["C1"],
});
const came = { quantity: 1, shipment: "S1" };

/** Where the laws of each environment start from, and what no program of it meets. */
export const lawCases = {
  fileSystem: {
    config: { root: { home: { type: "directory", contents: home } } },
    alsoFrom: [
      {
        config: { root: { home: { type: "directory", contents: home } } },
        extension: {
          fileSystem: { fileContent: "\nlong", fileNames: ["one.txt", "two.txt"], sparedFiles: ["note.txt"] },
        },
      },
    ],
    hints: fileSystemHints,
    alsoTry: { "mv.destination": ["a/b"], "cp.destination": ["a/b"] },
    // A tree outgrows its bound only by doubling forty times, which takes two hundred calls in their order.
    unreached: ["mv.treeTooLarge", "cp.treeTooLarge"],
  },
  math: {
    config: {},
    hints: mathHints,
    alsoTry: { "si_unit_conversion.value": [huge], "imperial_si_conversion.value": [huge] },
  },
  messages: {
    config: {},
    alsoFrom: [
      {
        config: {
          random_seed: 7,
          current_user: "Jack",
          user_map: { John: "USR001", Jane: "USR006" },
          inbox: [{ USR001: ["a"], USR003: [] }, { USR002: { USR001: ["b"] } }, { USR001: "text" }],
        },
      },
    ],
    hints: messageHints,
  },
  posting: {
    config: {
      authenticated: true,
      username: "ann",
      tweets: { $dict: [tweet(0, "ann", { mentions: [] }), tweet(1, "bob", { mentions: ["@ann"] }), tweet(2, "bob")] },
      comments: { $dict: [["1", [{ user: "eve", comment: "Safe travels!" }]]] },
      following_list: ["bob"],
      tweet_counter: 3,
    },
    alsoFrom: [{ config: {} }],
    hints: postingHints,
  },
  tickets: {
    config: { current_user: "ann", ticket_queue: [ticket(1), ticket("ticket_002")] },
    alsoFrom: [
      { config: { ticket_queue: [{ id: 3, priority: "high" }, { ticket_001: { title: "No id" } }, ticket(5)] } },
    ],
    hints: ticketHints,
  },
  trading: {
    config: {
      authenticated: true,
      market_status: "Open",
      orders: {
        $dict: [
          ["007", { symbol: "AAPL", price: 210.65, num_shares: 10, status: "Completed" }],
          ["order_type", "Buy"],
          ["12", { symbol: "TSLA", price: { $float: "600.0" }, num_shares: 1, status: "Open" }],
        ],
      },
    },
    alsoFrom: [
      {
        config: { authenticated: true, market_status: "Open" },
        extension: {
          trading: {
            watchList: ["LMAT", { $repr: "Ellipsis" }],
            transactionHistory: [{ type: "deposit", amount: 1.5, timestamp: "2024-05-01 22:14:05.858817" }],
            movingAverage5: [1.5, { $float: "2.0" }],
            movingAverage20: [3.5],
            technology: ["LGY"],
            automobile: ["BVO"],
            orderDetail: { overview: "{symbol} is {{large}}." },
          },
        },
      },
      { config: { authenticated: true, market_status: "Closed" } },
    ],
    hints: tradingHints,
    alsoTry: {
      "get_transaction_history.start_date": ["2024-02-30"],
      "get_transaction_history.end_date": ["2024-02-30"],
    },
  },
  travel: {
    config: parseJson(`{
      "credit_card_list": {
        "card_1": { "card_number": "4111-1111-1111-1111", "balance": 5000.0, "cardholder_name": "Ann Lee" },
        "12": { "balance": 100 }
      },
      "booking_record": { "old": { "flight_number": "LA123", "cost": 10.0 } },
      "access_token": "abc123", "token_type": "Bearer", "token_expires_in": 3600, "token_scope": "read_write",
      "user_first_name": "Ann", "user_last_name": "Lee", "budget_limit": 1000.0
    }`),
    extension: {
      travel: {
        creditCards: { card_1: { balance: 1 }, "77": { card_number: "77", balance: 7 } },
        bookings: { booking_901: { card_id: "77", travel_cost: 3 } },
      },
    },
    alsoFrom: [
      { config: {} },
      { config: { ...ann, token_expires_in: 0 } },
      { config: { ...ann, user_first_name: null, user_last_name: null, access_token: null } },
      { config: { ...ann, credit_card_list: { blank: {}, low: { balance: 4000 } }, budget_limit: 4500 } },
    ],
    hints: travelHints,
    // Most of its many failures stand behind seven arguments that fit together.
    runs: 1000,
    alsoTry: {
      "book_flight.travel_class": ["steerage"],
      "book_flight.travel_date": ["10/11/2026"],
      "book_flight.travel_from": ["LAX"],
      "book_flight.travel_to": ["LAX"],
      // A booking that is there until it is cancelled.
      ...Object.fromEntries(
        ["retrieve_invoice", "cancel_booking", "purchase_insurance", "contact_customer_support"].map((tool) => [
          `${tool}.booking_id`,
          ["bk_1"],
        ]),
      ),
    },
  },
  vehicle: {
    config: {
      fuelLevel: 10.5,
      doorStatus: parseJson(
        '{"driver": "locked", "passenger": "unlocked", "rear_left": "locked", "rear_right": "unlocked"}',
      ),
    },
    alsoFrom: [
      {
        config: { random_seed: 7 },
        extension: {
          vehicle: {
            carStatus: "Model: A6",
            weather: { "-1_day": { windSpeed: { $float: "15.0" } } },
            parkingBrake: "Pull.",
            intermediaryCities: ["Bristol"],
          },
        },
      },
      { config: { engineState: "running" } },
      { config: { ...readyToStart, fuelLevel: -3 } },
      { config: { ...readyToStart, fuelLevel: 12 } },
    ],
    hints: vehicleHints,
    alsoTry: {
      "setCruiseControl.speed": [42],
      "fillFuelTank.fuelAmount": [0.5],
      "startEngine.ignitionMode": ["OFF"],
    },
    // It stands for a service that is down, as in the reference.
    unreached: ["get_outside_temperature_from_weather_com.ok"],
  },
  shop: {
    config: {},
    alsoFrom: [
      { config: { verified: ["C1", "C2"] } },
      { config: { verified: ["C1"] }, extension: {} },
      { config: oneOrder({ "1": { ...came, sku: "CAMERA", paid_with: "V1" } }) },
      {
        config: oneOrder(
          Object.fromEntries(["1", "2", "3", "4"].map((line) => [line, { ...came, sku: "LAMP", paid_with: "V1" }])),
        ),
      },
      { config: oneOrder({ "1": { ...came, sku: "LAMP", paid_with: "G1" } }) },
    ],
    hints: shopHints,
    // A return is opened, received and settled one after the other.
    runs: 1000,
    alsoTry: {
      "approve_return.manager_pin": ["0000"],
      "receive_return.condition": ["damaged"],
      "start_return.reason": ["unwanted"],
      "exchange_return.sku": ["NONE"],
    },
  },
} satisfies Readonly<Record<string, LawOptions>>;
