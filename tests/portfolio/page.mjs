// A page in headless Chromium, from its file and without a network: what it shows, fetches and complains of.
//   node page.mjs JOB.json > ANSWER.json
// JOB: {playwright: folder of playwright-core, chromium: its program, page: file, locale, steps: [step], picture: file or "", whole: the whole page}
// A step is {click: selector or [selector, pixels from its left, from its top]: of what lies below something else},
//   {fill: [selector, text]}, {press: key}, {wait: milliseconds}, {ask: expression}; answers are given back in their order,
//   as are the milliseconds that each step took, the first of which is the opening.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { chromium } = (await import(pathToFileURL(path.join(job.playwright, "index.js")))).default;
const browser = await chromium.launch({
  executablePath: job.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: job.locale });
  const address = pathToFileURL(job.page).href;
  const complaints = [];
  const requests = [];
  page.on("pageerror", (error) => complaints.push(`page: ${error.message}`));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(`console: ${line.text()}`));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:") && !url.startsWith("blob:")) requests.push(url);
  });
  const answers = [];
  let start = Date.now();
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(() => document.querySelectorAll(".chart .main-svg .xtick").length > 0, null, { timeout: 60000 });
  const times = [Date.now() - start];
  for (const step of job.steps) {
    start = Date.now();
    const [selector, x, y] = [step.click ?? []].flat();
    if (step.click) await page.locator(selector).first().click(x === undefined ? {} : { position: { x, y }, force: true });
    if (step.fill) await page.locator(step.fill[0]).fill(step.fill[1]);
    if (step.press) await page.keyboard.press(step.press);
    if (step.wait) await page.waitForTimeout(step.wait);
    if (step.ask) answers.push(await page.evaluate(step.ask));
    times.push(Date.now() - start);
  }
  if (job.picture) await page.screenshot({ path: job.picture, fullPage: job.whole ?? false });
  const answer = { version: browser.version(), times, answers, complaints, requests };
  await new Promise((done) => process.stdout.write(JSON.stringify(answer), done));
} finally {
  await browser.close();
}
