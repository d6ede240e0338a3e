// The rules for the scripts of all pages. `make lint` runs them where Node.js is installed.

const browserNames = `addEventListener AbortController atob Blob cancelAnimationFrame clearTimeout console CSS
  customElements DecompressionStream document DOMParser Element Event fetch FormData getComputedStyle history
  HTMLElement innerHeight innerWidth localStorage location matchMedia MutationObserver navigator Path2D performance
  requestAnimationFrame ResizeObserver Response scrollX scrollY sessionStorage setTimeout TextDecoder TextEncoder URL
  URLSearchParams window XMLSerializer`;
const browser = Object.fromEntries(browserNames.split(/\s+/).map((name) => [name, "readonly"]));
const node = { process: "readonly", structuredClone: "readonly" };

// Faults, in every script.
const faults = {
  "array-callback-return": "error",
  eqeqeq: "error",
  "no-cond-assign": "error",
  "no-const-assign": "error",
  "no-dupe-else-if": "error",
  "no-dupe-keys": "error",
  "no-empty": "error",
  "no-eval": "error",
  "no-fallthrough": "error",
  "no-func-assign": "error",
  "no-global-assign": "error",
  "no-implied-eval": "error",
  "no-import-assign": "error",
  "no-new-func": "error",
  "no-redeclare": "error",
  "no-self-assign": "error",
  "no-self-compare": "error",
  "no-undef": "error",
  "no-unreachable": "error",
  "no-unsafe-optional-chaining": "error",
  "no-unused-expressions": ["error", { allowShortCircuit: true }],
  "no-unused-vars": ["error", { caughtErrors: "all", ignoreRestSiblings: true }],
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "use-isnan": "error",
  "valid-typeof": "error",
};

// The shape of modules.
const shape = {
  complexity: ["error", 10],
  curly: ["error", "multi-line"],
  "max-depth": ["error", 3],
  "max-len": ["error", 120],
  "max-lines": ["error", 300],
  "max-lines-per-function": ["error", 40],
  "max-params": ["error", 4],
  "no-shadow": "error",
  "one-var": ["error", "never"],
};

export default [
  { ignores: [".*/", "build/", "dist/", "site/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    // Scripts as they stand in pages; those that draw find vis-network there.
    files: ["**/static/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: { ...browser, vis: "readonly" } },
    rules: faults,
  },
  {
    // Modules: those of the explorer and of the search are joined to one script each, those of the query page
    // are loaded by it.
    files: [
      "viz/static/*.js",
      "viz/explorer/static/**/*.js",
      "viz/site/static/search.js",
      "service/answers/static/**/*.js",
    ],
    languageOptions: { sourceType: "module" },
    rules: { ...faults, ...shape },
  },
  {
    files: ["eslint.config.js", "tests/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: node },
    rules: { ...faults, ...shape },
  },
  {
    // What the browser tests read from the live page.
    files: ["tests/cases/**/*.js"],
    languageOptions: { sourceType: "script", globals: { ...browser, explorer: "readonly", reads: "readonly" } },
  },
];
