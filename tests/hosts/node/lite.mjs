// xlwings Lite without Excel: the wheel in real Pyodide under Node, offline.
//   node lite.mjs SETTINGS.json < JOB.json > ANSWER.json
// SETTINGS: {pyodide: folder of the npm package, wheels: [unpacked as they are], install: the wheel micropip installs}
// JOB: {language, main: the text of main.py where that brings the package along, calls: [what xlwings' JavaScript sends], timed: [{name, calls}], book: null or a workbook}
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const settings = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const job = JSON.parse(fs.readFileSync(0, "utf8"));
const bytes = (file) => new Uint8Array(fs.readFileSync(file)); // Pyodide knows no Buffer
// Whatever would go to the network is a fault: Lite's packages are all here.
globalThis.fetch = async (address) => {
  throw new Error(`no network in this test, asked for ${address}`);
};

const started = performance.now();
const { loadPyodide } = await import(pathToFileURL(path.join(settings.pyodide, "pyodide.mjs")));
const pyodide = await loadPyodide({ indexURL: settings.pyodide + path.sep, stdout: console.error });
const loaded = performance.now();
for (const wheel of settings.wheels) {
  pyodide.unpackArchive(bytes(wheel), "whl");
}
const wheel = `/tmp/${path.basename(settings.install)}`;
pyodide.FS.writeFile(wheel, bytes(settings.install));
pyodide.globals.set("wheel", wheel);
pyodide.globals.set("language", job.language);
pyodide.globals.set("job_text", JSON.stringify(job));
pyodide.runPython(fs.readFileSync(path.join(import.meta.dirname ?? path.dirname(process.argv[1]), "lite.py"), "utf8"));
if (!job.main) {
  await pyodide.runPythonAsync("await install()");
}
const installed = performance.now();
pyodide.runPython("start()");
const ready = performance.now();

// The calls go in as JavaScript objects: null is then what Excel's empty cells are.
const call = pyodide.globals.get("call");
const results = [];
for (const data of job.calls) {
  const result = await call(data);
  results.push(result.toJs ? result.toJs({ dict_converter: Object.fromEntries }) : result);
}
const timed = {};
for (const { name, calls } of job.timed) {
  const from = performance.now();
  for (const data of calls) {
    (await call(data)).destroy?.();
  }
  timed[name] = performance.now() - from;
}
const answer = JSON.parse(await pyodide.runPythonAsync("await answer()"));
const times = { pyodide: loaded - started, install: installed - loaded, main: ready - installed, ...timed };
process.stdout.write(JSON.stringify({ ...answer, results, times }), () => process.exit(0));
