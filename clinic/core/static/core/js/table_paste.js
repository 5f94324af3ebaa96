// Fills a table block with cells copied in a spreadsheet, in Word or on a page. Nothing that was there is lost:
// a table with words in it grows by the rows that are pasted.
(() => {
  const NAME = "wagtail.contrib.typed_table_block.blocks.TypedTableBlock";
  const LONGEST = 400_000;
  const RAISED = Object.fromEntries([..."0123456789+-()n"].map((sign, i) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ"[i]]));
  const LOWERED = Object.fromEntries([..."0123456789+-()"].map((sign, i) => [sign, "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"[i]]));

  /** "10" with a raised 6 must not become 106: such signs get characters of their own, or marks before them. */
  const keepPosition = (cell, selector, signs, mark) => {
    for (const part of cell.querySelectorAll(selector)) {
      const text = part.textContent.trim();
      const moved = [...text].map((sign) => signs[sign.replace("−", "-")] ?? "");
      part.textContent = moved.every(Boolean) ? moved.join("") : `${mark}(${text})`;
    }
  };

  const wordsOf = (cell) => {
    for (const hidden of cell.querySelectorAll("script, style, template")) hidden.remove();
    for (const end of cell.querySelectorAll("br, p, li, div")) end.append(" ");
    keepPosition(cell, "sup", RAISED, "^");
    keepPosition(cell, "sub", LOWERED, "_");
    return cell.textContent.replace(/\s+/g, " ").trim();
  };

  /** A cell over several columns stands in the first; the others stay empty, so that columns keep their places. */
  const readHtml = (html) => {
    const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!table) return [];
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, at) => {
      for (const cell of row.cells) {
        let column = 0;
        while (grid[at][column] !== undefined) column += 1;
        const across = Math.min(cell.colSpan, 1000);
        const down = Math.min(cell.rowSpan, grid.length - at);
        const words = wordsOf(cell);
        for (let y = 0; y < down; y += 1) {
          for (let x = 0; x < across; x += 1) grid[at + y][column + x] = x || y ? "" : words;
        }
      }
    });
    return grid.map((row) => Array.from(row, (cell) => cell ?? ""));
  };

  /** What spreadsheets put beside: tabs between cells, and quotes around a cell of several lines. */
  const readText = (text) => {
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|\r|$)/g)) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\s+/g, " ").trim());
      if (end === "") break;
      if (end !== "\t") rows.push([]);
    }
    return rows;
  };

  const readClipboard = (clipboard) => {
    const html = clipboard.getData("text/html");
    const text = clipboard.getData("text/plain");
    if (html.length > LONGEST || text.length > LONGEST) return { tooLong: true, rows: [] };
    const fromHtml = readHtml(html);
    const rows = fromHtml.length ? fromHtml : text.includes("\t") ? readText(text) : [];
    const filled = rows.filter((row) => row.some(Boolean));
    const lastFilled = (row) => row.findLastIndex(Boolean) + 1;
    const width = filled.reduce((widest, row) => Math.max(widest, lastFilled(row)), 0);
    return { rows: filled.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? "")) };
  };

  const isEmpty = (table) => {
    const { columns, rows } = table.getValue();
    const said = (value) => (typeof value === "string" ? value.trim() : value !== null);
    return !columns.some((column) => column.heading.trim()) && !rows.some((row) => row.values.some(said));
  };

  const fill = (table, rows) => {
    const text = table.childBlockDefsByName.text;
    const wasEmpty = isEmpty(table);
    const caption = table.captionInput.value;
    if (wasEmpty) table.clear();
    table.setCaption(caption);
    const headings = wasEmpty ? rows.shift() : [];
    for (let i = table.columns.length; i < Math.max(headings.length, rows[0]?.length ?? 0); i += 1) {
      table.insertColumn(i, text).headingInput.value = headings[i] ?? "";
    }
    for (const row of rows) {
      const values = table.columns.map((column, i) =>
        column.blockDef === text ? (row[i] ?? "") : table.blockDef.childBlockDefaultStates[column.blockDef.name],
      );
      table.insertRow(table.rows.length, values);
    }
  };

  /** Say why these rows don't fit, or nothing. */
  const refusal = (table, { rows, tooLong }) => {
    const { mostColumns, mostRows } = table.blockDef.meta;
    const width = Math.max(rows[0]?.length ?? 0, table.columns.length);
    const height = isEmpty(table) ? rows.length - 1 : table.rows.length + rows.length;
    const isFull = (column) => column.blockDef.name !== "text";
    if (tooLong) return "That is too much for one table. Copy fewer rows.";
    if (!rows.length) return "There is no table in what you copied. Mark its cells, copy them, and paste again.";
    if (width > mostColumns) {
      return `That makes ${width} columns. A page shows ${mostColumns} at most: copy fewer, or make two tables.`;
    }
    if (height > mostRows) {
      return `That makes ${height} rows. A page shows ${mostRows} at most: copy fewer, or make two tables.`;
    }
    if (!isEmpty(table) && table.columns.some(isFull)) {
      return "Cells can be pasted into columns of plain text only. Take the others out, or paste into a new table.";
    }
    return "";
  };

  /** The checks lead to a caption or a heading by these names, and who hears a cell learns where it stands; Wagtail
   *  gives them none. */
  const namePlaces = (table) => {
    const number = () => {
      table.columns.forEach((column, i) => {
        column.headingInput.parentElement.dataset.contentpath = `heading-${i + 1}`;
      });
      [...table.tbody.rows].forEach((row, y) => {
        table.columns.forEach((column, x) => {
          // Before the first cell stand the buttons of the row.
          const field = row.cells[x + 1]?.querySelector("textarea, [role='textbox']");
          field?.setAttribute("aria-label", `${column.headingInput.value || `Column ${x + 1}`}, row ${y + 1}`);
        });
      });
    };
    for (const name of ["insertColumn", "deleteColumn", "insertRow", "deleteRow"]) {
      const change = table[name];
      table[name] = (...places) => {
        const made = change.apply(table, places);
        number();
        return made;
      };
    }
    table.thead.addEventListener("input", number);
    table.captionInput.parentElement.dataset.contentpath = "caption";
    number();
  };

  const letPaste = (table) => {
    const container = table.container[0];
    const id = `${table.prefix}-paste`;
    const place = document.createElement("div");
    place.className = "table-paste";
    const label = Object.assign(document.createElement("label"), { htmlFor: id, className: "w-field__label" });
    label.textContent = "Paste a table here";
    const box = Object.assign(document.createElement("textarea"), { id, rows: 1, autocomplete: "off" });
    const said = Object.assign(document.createElement("p"), { className: "table-paste__said" });
    said.setAttribute("role", "status");
    place.append(label, box, said);
    container.prepend(place);

    const take = (found) => {
      const problem = refusal(table, found);
      if (!problem) fill(table, found.rows.map((row) => [...row]));
      said.classList.toggle("table-paste__said--refused", Boolean(problem));
      said.textContent = problem ? `${problem} Nothing was changed.` : `${found.rows.length} rows were pasted.`;
    };
    // It only takes what is pasted; nobody should find out too late.
    box.addEventListener("beforeinput", (event) => {
      event.preventDefault();
      said.textContent = "This place only takes a copied table. Type into the caption and the cells below.";
    });
    container.addEventListener("paste", (event) => {
      const field = event.target.closest("input, textarea");
      if (!field) return;
      const found = readClipboard(event.clipboardData);
      const isTable = found.rows.length > 1 || found.rows[0]?.length > 1;
      // Words go where they are pasted; a table goes into the table, wherever in it the cursor is.
      if (field !== box && !isTable) return;
      event.preventDefault();
      take(found);
    });
  };

  const Base = window.telepath.constructors[NAME];
  class TableBlockDefinition extends Base {
    render(...place) {
      const table = super.render(...place);
      namePlaces(table);
      letPaste(table);
      return table;
    }
  }
  window.telepath.register("clinic.core.blocks.TableBlock", TableBlockDefinition);
})();
