// The task pane and the custom functions in headless Chromium: cell -> xlwings' JavaScript -> server -> value.
//   node taskpane.mjs SETTINGS.json < JOB.json > ANSWER.json
// SETTINGS: {playwright: folder of playwright-core, chromium: its program, address: of the server, picture: file,
//   pyodide: folder that stands for Pyodide's address, of the Wasm build}
// JOB: {calls: [{name, args}], books: [workbook of office.js], template: whether its button is pressed}
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const settings = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const job = JSON.parse(fs.readFileSync(0, "utf8"));
const { chromium } = (await import(pathToFileURL(path.join(settings.playwright, "index.js")))).default;

const browser = await chromium.launch({
  executablePath: settings.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 350, height: 720 }, locale: "zh-CN" });
  const messages = [];
  const outside = [];
  page.on("pageerror", (error) => messages.push(`page: ${error.message}`));
  page.on("console", (line) => line.type() === "error" && messages.push(`console: ${line.text()}`));
  const stub = fs.readFileSync(path.join(path.dirname(process.argv[1]), "office.js"), "utf8");
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url.endsWith("/office.js")) return route.fulfill({ contentType: "text/javascript", body: stub });
    const part = url.match(/\/pyodide\/v[\d.]+\/full\/(.+)$/);
    if (settings.pyodide && part) return route.fulfill({ path: path.join(settings.pyodide, part[1]) });
    if (url.startsWith(settings.address) || url.startsWith("data:")) return route.continue();
    outside.push(url);
    return route.abort();
  });
  await page.goto(`${settings.address}/taskpane.html`, { waitUntil: "load" });
  await page.waitForFunction(() => Object.keys(globalThis.stub.functions).length > 0, null, { timeout: 60000 });
  if (settings.pyodide) await page.waitForFunction(() => globalThis.wasmCustomFunctionsCall, null, { timeout: 90000 });
  const functions = await page.evaluate(() => Object.keys(globalThis.stub.functions));
  // All at once, as Excel does when it opens a workbook.
  const results = await page.evaluate((calls) => {
    const invocation = () => ({ address: "Sheet1!A1", parameterAddresses: [] });
    const thrown = (error) => ({ thrown: `${error.code ?? error.name}: ${error.message}` });
    return Promise.all(calls.map(({ name, args }) =>
      globalThis.stub.functions[name](...args, invocation()).catch(thrown)));
  }, job.calls);
  const buttons = await page.locator("main button").evaluateAll((found) =>
    found.map((button) => [button.textContent.trim(), button.getAttribute("xw-click")]));
  if (job.template) {
    await page.locator("[data-jwdt-template]").first().click();
    await page.waitForFunction(() => globalThis.stub.workbooks.length > 0 || document.getElementById("jwdt-message").textContent);
  }
  const workbook = await page.evaluate(() => globalThis.stub.workbooks[0] ?? null);
  const message = await page.locator("#jwdt-message").textContent();
  const actions = await page.evaluate(() => Object.keys(globalThis.stub.actions));
  await page.screenshot({ path: settings.picture });
  // The summary of each workbook, by the button people press.
  const summaries = [];
  const messagesBefore = [...messages]; // a refused workbook is told to the console too
  for (const book of job.books) {
    await page.evaluate((given) => Object.assign(globalThis.stub, { book: given, written: [], active: null }), book);
    await page.locator("[xw-click=generate_summary]").click();
    await page.waitForFunction(() => globalThis.stub.active !== null
      || !document.getElementById("global-error-alert").classList.contains("d-none"), null, { timeout: 20000 });
    summaries.push(await page.evaluate(() => ({
      written: globalThis.stub.written,
      active: globalThis.stub.active,
      alert: document.getElementById("global-error-alert").textContent.trim(),
    })));
  }
  const answer = { summaries, version: browser.version(), functions, results, buttons, workbook, message, actions, messages: messagesBefore, outside };
  await new Promise((done) => process.stdout.write(JSON.stringify(answer), done));
} finally {
  await browser.close();
}
