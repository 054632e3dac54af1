// The task pane's own script: a button with data-jwdt-template opens the file at that address as a new workbook.

async function openTemplate(event) {
  const button = event.currentTarget;
  const message = document.getElementById("jwdt-message");
  button.disabled = true;
  message.textContent = "";
  try {
    const response = await fetch(button.dataset.jwdtTemplate);
    if (!response.ok) {
      throw new Error(`${response.status} ${response.statusText}`);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    let text = "";
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    await Excel.createWorkbook(btoa(text));
  } catch (error) {
    message.textContent = `无法打开模板 / the template cannot be opened: ${error.message}`;
  } finally {
    button.disabled = false;
  }
}

for (const button of document.querySelectorAll("[data-jwdt-template]")) {
  button.addEventListener("click", openTemplate);
}
