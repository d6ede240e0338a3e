// Boxes: where labels stand, so that none covers a symbol or another label.

const SQUARE = 80; // px
// boxes of the labels drawn last, in px: { left, top, right, bottom, id, lines }; how the lines are written stands in
// `align`, `property`, `size` and `weight`, where it is not the plain way
export let placed = [];
export let written = []; // boxes of further texts, which other labels need not avoid
let blocked = []; // boxes of the symbols that no label may cover

export function clearBoxes() {
  placed = [];
  written = [];
  blocked = [];
}

export function placeBox(box) {
  placed.push(box);
}

export function noteText(box) {
  written.push(box);
}

export function blockBoxes(boxes) {
  blocked = boxes;
}

function meets(box, other) {
  return box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
}

export function isFree(box) {
  return !placed.some((other) => meets(box, other)) && !blocked.some((other) => meets(box, other));
}

/** The id of the label at a point of the stage. */
export function labelAt({ x, y }) {
  const hit = placed.find((box) => box.id && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  return hit && hit.id;
}

/** Boxes in squares, so that a box is compared with its neighbours only. */
export class BoxIndex {
  constructor() {
    this.squares = new Map();
  }

  keys({ left, top, right, bottom }) {
    const keys = [];
    for (let x = Math.floor(left / SQUARE); x <= right / SQUARE; x += 1) {
      for (let y = Math.floor(top / SQUARE); y <= bottom / SQUARE; y += 1) keys.push(x * 65536 + y);
    }
    return keys;
  }

  add(box) {
    this.keys(box).forEach((key) => {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push(box);
    });
  }

  isFree(box) {
    return !this.keys(box).some((key) => (this.squares.get(key) || []).some((other) => meets(box, other)));
  }
}
