// A small stand-in for Microsoft's office.js: what xlwings' JavaScript asks of it for custom functions and the task pane.
(() => {
  const functions = {};
  const reply = Promise.resolve({ host: "Excel", platform: "OfficeOnline" });
  globalThis.stub = { functions, workbooks: [], actions: {} };
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
  // A proxy object of the workbook: has the few properties that are loaded, and lets itself be loaded.
  const loaded = (properties) => ({ ...properties, load() {}, toJSON: () => properties });
  class RequestContext {
    constructor() {
      this.workbook = loaded({ name: "book.xlsx" });
      const datetimeFormat = loaded({ shortDatePattern: "yyyy/m/d" });
      this.application = loaded({ cultureInfo: { ...loaded({ name: "zh-CN" }), datetimeFormat } });
    }
    async sync() {}
  }
  globalThis.Excel = {
    RequestContext,
    run: (work) => work(new RequestContext()),
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
