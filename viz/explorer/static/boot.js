// Boot: unpack what the page carries, and run it. Nothing is fetched: all of it stands in the page.

if (typeof DecompressionStream === "undefined") {
  document.getElementById("old").hidden = false;
  throw new Error("this browser is too old for the page");
}

/** The text of an element that holds it in base64: packed by LZMA where its size is told, else deflated. */
async function unpacked(id) {
  const element = document.getElementById(id);
  const signs = atob(element.textContent);
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at); // Uint8Array.from takes ten times as long
  element.textContent = "";
  const size = Number(element.dataset.size);
  if (size) return new TextDecoder().decode(unlzma(bytes, size));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** Run a text whose hash the policy of the page names. */
function run(text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
}

const carried = unpacked("data"); // where it is deflated, the browser does so while we go on here
run(await unpacked("library"));
const programText = await unpacked("program");
globalThis.carried = JSON.parse(await carried);
run(programText);
delete globalThis.carried;
