// Boot: unpack what the page carries, and let vis-network run. Nothing is fetched: all of it stands in the page.

if (typeof DecompressionStream === "undefined") {
  document.getElementById("old").hidden = false;
  throw new Error("this browser is too old for the page");
}

/** The text of an element that holds it deflated and in base64. */
async function inflate(id) {
  const signs = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at); // Uint8Array.from takes ten times as long
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

const [dataText, libraryText] = await Promise.all([inflate("data"), inflate("library")]);
const data = JSON.parse(dataText);
const libraryScript = document.createElement("script");
libraryScript.textContent = libraryText; // the policy of the page names its hash
document.head.append(libraryScript);
