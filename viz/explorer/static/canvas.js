// Canvas: pixels of the screen, colours of the style sheet, lines of text.

const stage = document.getElementById("stage");
const FONT = 'system-ui, "Noto Sans", sans-serif';
const LEADING = 14;

let tokens = new Map(); // colours of the style sheet, read anew when the theme changes
function token(key) {
  if (!tokens.has(key)) {
    tokens.set(key, getComputedStyle(document.documentElement).getPropertyValue(key).trim());
  }
  return tokens.get(key);
}

/** Run a painter with one unit = one CSS pixel, the origin in the upper left corner. */
function inPixels(ctx, painter) {
  const ratio = ctx.canvas.width / stage.clientWidth;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  painter();
  ctx.restore();
}

function toScreen(x, y) {
  const { x: left, y: top } = network.getViewPosition();
  const scale = network.getScale();
  return { x: (x - left) * scale + stage.clientWidth / 2, y: (y - top) * scale + stage.clientHeight / 2 };
}

/** Write lines with a rim in the colour of the ground, so that edges do not cross the letters. */
function writeLines(ctx, texts, x, top, align, colour = "--text") {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = token("--ground");
  ctx.fillStyle = token(colour);
  texts.forEach((line, index) => {
    const y = top + LEADING * (index + 0.5);
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
}

function breakLines(ctx, text, width, most) {
  const broken = [""];
  text.split(" ").forEach((each) => {
    const longer = `${broken[broken.length - 1]} ${each}`.trim();
    if (ctx.measureText(longer).width <= width || !broken[broken.length - 1]) broken[broken.length - 1] = longer;
    else broken.push(each);
  });
  if (broken.length > most) broken.splice(most - 1, broken.length, broken.slice(most - 1).join(" "));
  return broken.map((line) => clip(ctx, line, width));
}

function clip(ctx, text, width) {
  if (ctx.measureText(text).width <= width) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, low).replace(/[\s,.;:-]+$/, "")}…`;
}

function meets(box, other) {
  return box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
}

/** Boxes in squares, so that a box is held against its neighbours only. */
class Room {
  constructor() {
    this.squares = new Map();
  }

  keys({ left, top, right, bottom }) {
    const found = [];
    for (let x = Math.floor(left / 80); x <= right / 80; x += 1) {
      for (let y = Math.floor(top / 80); y <= bottom / 80; y += 1) found.push(x * 65536 + y);
    }
    return found;
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
