// One workbook loaded, one input changed, and saved by a library that people's scripts use.
//   NODE_PATH=…/node_modules node rewrite.cjs exceljs|sheetjs|populate IN OUT SHEET CELL VALUE
// SheetJS writes by the ending of OUT: .xlsx, .xlsb, .ods.
const [library, input, output, sheet, cell, value] = process.argv.slice(2);
const number = Number(value);

const libraries = {
  async exceljs() {
    const book = new (require("exceljs").Workbook)();
    await book.xlsx.readFile(input);
    book.getWorksheet(sheet).getCell(cell).value = number;
    await book.xlsx.writeFile(output);
  },
  async sheetjs() {
    const xlsx = require("xlsx");
    const book = xlsx.readFile(input, { cellStyles: true, cellNF: true });
    book.Sheets[sheet][cell] = { t: "n", v: number };
    xlsx.writeFile(book, output, { compression: true });
  },
  async populate() {
    const book = await require("xlsx-populate").fromFileAsync(input);
    book.sheet(sheet).cell(cell).value(number);
    await book.toFileAsync(output);
  },
};
libraries[library]().catch((error) => {
  console.error(error);
  process.exit(1);
});
