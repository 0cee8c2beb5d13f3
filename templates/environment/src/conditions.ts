/**
 * What tools need and what they bring about, in the words in which their `requires` and `provides`, the hints and the generated
 * tasks speak of it.
 */
export const onStand = "a bike on the stand";
export const inStock = "the part in stock";
export const repaired = "nothing broken on the bike";
