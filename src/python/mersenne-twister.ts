import { toBigInt } from "./number-value.ts";
import type { PyNumber } from "./value.ts";

const size = 624;
const half = 397;
/** Streams kept, and blocks of 624 words kept of each: 64 times 160 kB at most. */
const keptStreams = 64;
const keptBlocks = 64;

type Stream = {
  readonly seed: bigint;
  /** The first blocks of words, ready to hand out. */
  readonly blocks: Uint32Array[];
  /** The generator's state after `position` blocks, and the words of the last of them. */
  state: Uint32Array;
  position: number;
  words: Uint32Array;
};

const streams = new Map<string, Stream>();

/** The word that a Mersenne Twister seeded with the absolute value of an int gives out as number `index`, from 0. */
export function wordAt(seed: PyNumber, index: number): number {
  const stream = streamOf(seed);
  const number = Math.floor(index / size);
  const block = stream.blocks[number] ?? blockOf(stream, number);
  return block[index % size]!;
}

function streamOf(seed: PyNumber): Stream {
  const key = typeof seed === "number" ? String(seed) : Object.values(seed)[0]!;
  let stream = streams.get(key);
  if (stream) {
    if (streams.size < keptStreams) return stream;
    streams.delete(key); // set again below, as the one used last
  } else {
    const value = toBigInt(seed);
    const magnitude = value < 0n ? -value : value;
    stream = { seed: magnitude, blocks: [], state: seededState(magnitude), position: 0, words: new Uint32Array(0) };
  }
  streams.set(key, stream);
  if (streams.size > keptStreams) streams.delete(streams.keys().next().value!);
  return stream;
}

/** Words far into a stream are not kept: going back there runs the generator again from its seed. */
function blockOf(stream: Stream, number: number): Uint32Array {
  if (number < stream.position - 1) {
    stream.state = seededState(stream.seed);
    stream.position = 0;
  }
  while (stream.position <= number) {
    advance(stream.state);
    stream.words = Uint32Array.from(stream.state, temper);
    if (stream.position < keptBlocks) stream.blocks[stream.position] = stream.words;
    stream.position += 1;
  }
  return stream.words;
}

function advance(state: Uint32Array): void {
  for (let index = 0; index < size; index += 1) {
    const mixed = (state[index]! & 0x80000000) | (state[(index + 1) % size]! & 0x7fffffff);
    state[index] = state[(index + half) % size]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
  }
}

function temper(word: number): number {
  let value = word ^ (word >>> 11);
  value ^= (value << 7) & 0x9d2c5680;
  value ^= (value << 15) & 0xefc60000;
  return (value ^ (value >>> 18)) >>> 0;
}

/** Seeding by an array of words: those of the seed, little end first. */
function seededState(seed: bigint): Uint32Array {
  const key: number[] = [];
  for (let rest = seed; rest > 0n || key.length === 0; rest >>= 32n) key.push(Number(rest & 0xffffffffn));
  const state = new Uint32Array(size);
  state[0] = 19650218;
  for (let index = 1; index < size; index += 1) {
    const before = state[index - 1]!;
    state[index] = Math.imul(1812433253, before ^ (before >>> 30)) + index;
  }
  let index = 1;
  const step = (multiplier: number, addend: (mixed: number) => number) => {
    const before = state[index - 1]!;
    state[index] = addend(state[index]! ^ Math.imul(before ^ (before >>> 30), multiplier));
    index += 1;
    if (index === size) {
      state[0] = state[size - 1]!;
      index = 1;
    }
  };
  for (let count = 0; count < Math.max(size, key.length); count += 1) {
    const position = count % key.length;
    step(1664525, (mixed) => (mixed >>> 0) + key[position]! + position);
  }
  for (let count = 1; count < size; count += 1) step(1566083941, (mixed) => (mixed >>> 0) - index);
  state[0] = 0x80000000;
  return state;
}
