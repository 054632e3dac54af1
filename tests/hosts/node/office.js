// A small stand-in for Microsoft's office.js: what xlwings' JavaScript asks of it for custom functions, the task pane
// and a script. stub.book is the open workbook, {name, sheets: [{name, values}], names: [{name, sheet_index, address}]};
// what a script writes comes into stub.written.
(() => {
  const functions = {};
  const reply = Promise.resolve({ host: "Excel", platform: "OfficeOnline" });
  globalThis.stub = { functions, workbooks: [], actions: {}, written: [], active: null, book: { name: "book.xlsx", sheets: [], names: [] } };
  globalThis.Office = {
    onReady: (then) => (then ? reply.then(then) : reply),
    actions: { associate: (name, action) => (globalThis.stub.actions[name] = action) },
    context: {
      requirements: { isSetSupported: () => true },
      diagnostics: { version: "stub" },
      displayLanguage: "zh-CN",
      contentLanguage: "zh-CN",
    },
    addin: { setStartupBehavior: async () => {} },
    StartupBehavior: { load: "load" },
    HostType: { Excel: "Excel" },
    PlatformType: { OfficeOnline: "OfficeOnline" },
  };
  // Whatever else is asked of a workbook is not there: no tables, charts, shapes, notes …
  const nothing = new Proxy(function () {}, {
    get: (_, key) => ({ isNullObject: true, items: [], then: undefined })[key] ??
      (key === "then" || typeof key === "symbol" ? undefined : nothing),
    apply: () => nothing,
    set: () => true,
  });
  // An object of the workbook: it has these properties, and lets itself be loaded.
  const loaded = (properties) => {
    const found = new Proxy(properties, {
      get: (target, key) => {
        if (key in target) return target[key];
        if (key === "load") return () => found;
        if (key === "toJSON") return () => target;
        if (key === "isNullObject") return false;
        return key === "then" || typeof key === "symbol" ? undefined : nothing;
      },
    });
    return found;
  };
  const letters = (n) => (n > 26 ? letters(Math.floor((n - 1) / 26)) : "") + String.fromCharCode(65 + ((n - 1) % 26));
  const sheetOf = ({ name, values }, position) => {
    const [height, width] = [values.length, Math.max(...values.map((row) => row.length), 1)];
    const address = `${name}!A1:${letters(width)}${height}`;
    return loaded({
      name,
      position,
      getUsedRangeOrNullObject: () => loaded({ address, rowCount: height, columnCount: width }),
      getRange: () => loaded({ values, numberFormat: [] }),
      getRangeByIndexes: (row, column) => ({
        set values(cells) {
          globalThis.stub.written.push({ sheet: name, row, column, values: cells });
        },
      }),
      activate: () => (globalThis.stub.active = name),
    });
  };
  class RequestContext {
    constructor() {
      const { book } = globalThis.stub;
      const sheets = book.sheets.map(sheetOf);
      const worksheets = loaded({
        items: sheets,
        getItemOrNullObject: () => nothing,
        getActiveWorksheet: () => sheets[0] ?? nothing,
        add: (name) => sheets[sheets.push(sheetOf({ name, values: [[""]] }, sheets.length)) - 1],
      });
      const names = loaded({
        items: book.names.map(({ name, sheet_index, address }) => loaded({
          name,
          type: "Range",
          formula: `='${book.sheets[sheet_index].name}'!${address}`,
          getRangeOrNullObject: () => loaded({ address: `S!${address}`, worksheet: sheets[sheet_index] }),
        })),
      });
      const datetimeFormat = loaded({ shortDatePattern: "yyyy/m/d" });
      const cultureInfo = loaded({ name: "zh-CN", datetimeFormat });
      this.application = loaded({ cultureInfo });
      this.workbook = loaded({ name: book.name, worksheets, names, application: this.application });
    }
    async sync() {}
  }
  globalThis.Excel = {
    RequestContext,
    run: (work) => work(new RequestContext()),
    CustomFunctionManager: { register: async () => {} }, // how a Wasm page tells Excel anew what it has
    createWorkbook: async (base64) => globalThis.stub.workbooks.push(base64),
  };
  class FunctionError extends Error {
    constructor(code, message) {
      super(message);
      this.code = code;
    }
  }
  globalThis.CustomFunctions = {
    associate: (name, implementation) => (functions[name] = implementation),
    Error: FunctionError,
    ErrorCode: { invalidValue: "#VALUE!" },
  };
})();
