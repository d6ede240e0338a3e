// Boot: unpacks what the page carries, and runs it. Nothing is fetched: all of it stands in the page.

document.getElementById("blocked").hidden = true;  // it says that no script of the page may run
if (typeof DecompressionStream === "undefined") {
  document.getElementById("old").hidden = false;
  throw new Error("this browser is too old for the page");
}

/** The text that an element holds, deflated and in base64. */
function unpacked(id) {
  const element = document.getElementById(id);
  const letters = atob(element.textContent);
  const bytes = new Uint8Array(letters.length);
  // ten times as fast as Uint8Array.from
  for (let index = 0; index < letters.length; index += 1) bytes[index] = letters.charCodeAt(index);
  element.textContent = "";
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** Run a text whose hash the policy of the page names. */
function run(text) {
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
}

const [library, program, carried] = await Promise.all(["library", "program", "data"].map(unpacked));
run(library);
globalThis.carried = JSON.parse(carried);
run(program);
delete globalThis.carried;
