/** A small shop on an ordinary day: what there is where a config leaves something out. */
export const defaultConfig = {
  today: "2025-03-14",
  manager_pin: "4711",
  customers: {
    C1: { name: "Mara Voss", email: "mara.voss@post.example", postcode: "20457", store_credit_cents: 0 },
    C2: { name: "Idris Bell", email: "idris@bell.example", postcode: "50667", store_credit_cents: 1500 },
    C3: { name: "Idris Bell", email: "i.bell@harbour.example", postcode: "20457", store_credit_cents: 0 },
  },
  products: {
    LAMP: { name: "Desk lamp Halo", category: "home" as const, price_cents: 4500, stock: 6, final_sale: false },
    SHADE: { name: "Lamp shade linen", category: "home" as const, price_cents: 1800, stock: 0, final_sale: true },
    RADIO: {
      name: "Kitchen radio Pip",
      category: "electronics" as const,
      price_cents: 8900,
      stock: 3,
      final_sale: false,
    },
    CAMERA: {
      name: "Camera Orbit 2",
      category: "electronics" as const,
      price_cents: 32000,
      stock: 2,
      final_sale: false,
    },
    SCARF: { name: "Wool scarf", category: "clothing" as const, price_cents: 2600, stock: 11, final_sale: false },
    ATLAS: { name: "Pocket atlas", category: "books" as const, price_cents: 1400, stock: 4, final_sale: false },
  },
  methods: {
    V1: { customer_id: "C1", kind: "card" as const, balance_cents: null },
    G1: { customer_id: "C1", kind: "gift_card" as const, balance_cents: 500 },
    P2: { customer_id: "C2", kind: "paypal" as const, balance_cents: null },
    V3: { customer_id: "C3", kind: "card" as const, balance_cents: null },
  },
  orders: {
    "1001": {
      customer_id: "C1",
      placed_on: "2025-02-20",
      promised_on: "2025-02-25",
      shipments: { S1: { status: "delivered" as const, delivered_on: "2025-03-04" } },
      lines: {
        "1": { sku: "LAMP", quantity: 2, paid_with: "V1", shipment: "S1" },
        "2": { sku: "SHADE", quantity: 1, paid_with: "G1", shipment: "S1" },
        "3": { sku: "SCARF", quantity: 1, paid_with: "V1", shipment: null },
      },
    },
    "1002": {
      customer_id: "C2",
      placed_on: "2025-03-01",
      promised_on: "2025-03-06",
      shipments: {
        S1: { status: "delivered" as const, delivered_on: "2025-03-05" },
        S2: { status: "on_the_way" as const, delivered_on: null },
      },
      lines: {
        "1": { sku: "CAMERA", quantity: 1, paid_with: "P2", shipment: "S1" },
        "2": { sku: "RADIO", quantity: 1, paid_with: "P2", shipment: "S1" },
        "3": { sku: "ATLAS", quantity: 2, paid_with: "P2", shipment: "S2" },
      },
    },
    "1003": {
      customer_id: "C2",
      placed_on: "2025-03-12",
      promised_on: "2025-03-18",
      shipments: {},
      lines: { "1": { sku: "SCARF", quantity: 2, paid_with: "P2", shipment: null } },
    },
    "1004": {
      customer_id: "C3",
      placed_on: "2025-01-04",
      promised_on: "2025-01-10",
      shipments: {
        S1: { status: "delivered" as const, delivered_on: "2025-01-09" },
        S2: { status: "delivered" as const, delivered_on: "2025-03-11" },
      },
      lines: {
        "1": { sku: "RADIO", quantity: 1, paid_with: "V3", shipment: "S1" },
        "2": { sku: "CAMERA", quantity: 2, paid_with: "V3", shipment: "S2" },
        "3": { sku: "SHADE", quantity: 1, paid_with: "V3", shipment: "S2" },
      },
    },
  },
};
