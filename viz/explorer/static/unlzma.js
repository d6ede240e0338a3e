// Unlzma: unpack what was packed by LZMA with lc = 3, lp = 0, pb = 0, which is a sixth to a quarter smaller than deflate.

const TOP = 2 ** 24;
const LITERALS = 0x300;

/** Decode bits by a tree of probabilities, or one by one; `range` and `code` are those of a range coder. */
class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 5;
    this.range = 0xffffffff;
    this.code = ((bytes[1] << 24) | (bytes[2] << 16) | (bytes[3] << 8) | bytes[4]) >>> 0;
  }

  /** One bit, whose chance stands at a place of a table and learns from it. */
  bit(table, place) {
    const chance = table[place];
    const bound = (this.range >>> 11) * chance;
    let one = 0;
    if (this.code < bound) {
      this.range = bound;
      table[place] = chance + ((2048 - chance) >>> 5);
    } else {
      this.range -= bound;
      this.code -= bound;
      table[place] = chance - (chance >>> 5);
      one = 1;
    }
    if (this.range < TOP) {
      this.range = (this.range << 8) >>> 0;
      this.code = ((this.code << 8) | this.bytes[this.at]) >>> 0;
      this.at += 1;
    }
    return one;
  }

  /** A number of so many bits, highest first. */
  tree(table, start, count) {
    let found = 1;
    for (let turn = 0; turn < count; turn += 1) found = (found << 1) | this.bit(table, start + found);
    return found - (1 << count);
  }

  /** A number of so many bits, lowest first. */
  treeBack(table, start, count) {
    let [found, node] = [0, 1];
    for (let turn = 0; turn < count; turn += 1) {
      const one = this.bit(table, start + node);
      node = (node << 1) | one;
      found |= one << turn;
    }
    return found;
  }

  /** Bits of even chance. */
  even(count) {
    let found = 0;
    for (let turn = 0; turn < count; turn += 1) {
      this.range >>>= 1;
      const one = this.code >= this.range ? 1 : 0;
      if (one) this.code -= this.range;
      found = found * 2 + one;
      if (this.range < TOP) {
        this.range = (this.range << 8) >>> 0;
        this.code = ((this.code << 8) | this.bytes[this.at]) >>> 0;
        this.at += 1;
      }
    }
    return found;
  }
}

function chances(count) {
  return new Uint16Array(count).fill(1024);
}

/** The length of a match, by tables of their own for matches and for repeated ones. */
class Lengths {
  constructor() {
    this.choice = chances(2);
    this.low = chances(8);
    this.middle = chances(8);
    this.high = chances(256);
  }

  read(bits) {
    if (!bits.bit(this.choice, 0)) return 2 + bits.tree(this.low, 0, 3);
    if (!bits.bit(this.choice, 1)) return 10 + bits.tree(this.middle, 0, 3);
    return 18 + bits.tree(this.high, 0, 8);
  }
}

function distanceOf(bits, tables, length) {
  const slot = bits.tree(tables.slots, Math.min(length - 2, 3) * 64, 6);
  if (slot < 4) return slot;
  const count = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) * 2 ** count;
  if (slot < 14) return base + bits.treeBack(tables.special, base - slot, count);
  return base + bits.even(count - 4) * 16 + bits.treeBack(tables.align, 0, 4);
}

function literal(bits, table, start, state, matched) {
  let found = 1;
  if (state >= 7) {
    let byte = matched;
    while (found < 0x100) {
      const wanted = (byte >> 7) & 1;
      byte <<= 1;
      const one = bits.bit(table, start + ((1 + wanted) << 8) + found);
      found = (found << 1) | one;
      if (one !== wanted) break;
    }
  }
  while (found < 0x100) found = (found << 1) | bits.bit(table, start + found);
  return found & 0xff;
}

function unlzma(bytes, size) {
  const out = new Uint8Array(size);
  const bits = new Bits(bytes);
  const literals = chances(LITERALS * 8);
  const [isMatch, isRep, isRep0, isRep1, isRep2, isLong] = Array.from({ length: 6 }, () => chances(12));
  const tables = { slots: chances(256), special: chances(128), align: chances(16) };
  const [plain, repeated] = [new Lengths(), new Lengths()];
  let [state, rep0, rep1, rep2, rep3, at] = [0, 0, 0, 0, 0, 0];
  while (at < size) {
    if (!bits.bit(isMatch, state)) {
      const before = at ? out[at - 1] : 0;
      out[at] = literal(bits, literals, LITERALS * (before >> 5), state, out[at - rep0 - 1]);
      at += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let length;
    if (!bits.bit(isRep, state)) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      length = plain.read(bits);
      rep0 = distanceOf(bits, tables, length);
      state = state < 7 ? 7 : 10;
    } else {
      if (!bits.bit(isRep0, state)) {
        if (!bits.bit(isLong, state)) {
          out[at] = out[at - rep0 - 1];
          at += 1;
          state = state < 7 ? 9 : 11;
          continue;
        }
      } else {
        let distance;
        if (!bits.bit(isRep1, state)) distance = rep1;
        else {
          if (!bits.bit(isRep2, state)) distance = rep2;
          else [distance, rep3] = [rep3, rep2];
          rep2 = rep1;
        }
        [rep1, rep0] = [rep0, distance];
      }
      length = repeated.read(bits);
      state = state < 7 ? 8 : 11;
    }
    const end = Math.min(size, at + length);
    for (; at < end; at += 1) out[at] = out[at - rep0 - 1];
  }
  return out;
}
