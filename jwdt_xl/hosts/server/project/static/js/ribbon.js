// The button "Generate summary" on the ribbon; its name is the one in manifest.xml.
async function generateSummary(event) {
  const auth = await globalThis.getAuth();
  try {
    await xlwings.runPython({
      auth: auth.token,
      scriptName: "generate_summary",
      headers: { "Auth-Provider": auth.provider },
    });
  } finally {
    event.completed();
  }
}
Office.actions.associate("generate-summary", generateSummary);
