using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>A workbook read back with DocumentFormat.OpenXml.</summary>
internal sealed partial class OpenedWorkbook(string path) : IDisposable
{
    private readonly SpreadsheetDocument document = SpreadsheetDocument.Open(path, isEditable: false);

    public WorkbookPart Workbook => document.WorkbookPart!;

    public IReadOnlyList<string> SheetNames => [.. Workbook.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value!)];

    public WorksheetPart Sheet(string name) =>
        (WorksheetPart)Workbook.GetPartById(Workbook.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!);

    public TableDefinitionPart Table(string sheet) => Sheet(sheet).TableDefinitionParts.Single();

    /// <summary>The cells of a sheet by reference: text as "text:...", booleans as
    /// "bool:...", numbers as they stand; NULL is not among them.</summary>
    public Dictionary<string, string> Cells(string sheet) =>
        Placed(Sheet(sheet)).Where(at => at.Value.HasChildren || at.Value.StyleIndex is not null)
            .ToDictionary(at => at.Key, at => Text(at.Value));

    /// <summary>A cell of a sheet.</summary>
    public Cell Cell(string sheet, string reference) => Placed(Sheet(sheet))[reference];

    /// <summary>The number format of a cell.</summary>
    public string Format(string sheet, string reference)
    {
        var style = Cell(sheet, reference).StyleIndex!;
        var sheetStyles = Workbook.WorkbookStylesPart!.Stylesheet;
        var id = sheetStyles.CellFormats!.Elements<CellFormat>().ElementAt((int)style.Value).NumberFormatId!.Value;
        return id switch
        {
            0 => "General",
            1 => "0",
            49 => "@",
            _ =>
                sheetStyles.NumberingFormats!.Elements<NumberingFormat>().Single(format => format.NumberFormatId! == id).FormatCode!.Value!,
        };
    }

    /// <summary>What the Open XML validator says, and whether each table's columns
    /// are its header cells, which it does not look at.</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}").ToList();
        foreach (var sheet in Workbook.WorksheetParts)
        {
            var cells = Placed(sheet).ToDictionary(at => at.Key, at => Text(at.Value));
            foreach (var table in sheet.TableDefinitionParts.Select(part => part.Table))
            {
                var (left, top) = CellReference.Parse(table.Reference!.Value!.Split(':')[0]);
                var headers = table.TableColumns!.Elements<TableColumn>()
                    .Select((_, index) => cells.GetValueOrDefault(CellReference.Of(left + index, top)));
                var names = table.TableColumns!.Elements<TableColumn>().Select(column => "text:" + Unescaped(column.Name!.Value!)).ToList();
                if (!names.SequenceEqual(headers))
                {
                    errors.Add($"{table.Name}: headers and columns differ");
                }

                if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
                {
                    errors.Add($"{table.Name}: a column name comes twice");
                }
            }
        }

        return errors;
    }

    public void Dispose() => document.Dispose();

    // A row or cell without a reference stands behind the one before it (ISO/IEC 29500-1, 18.3.1.4 and 18.3.1.73).
    private static Dictionary<string, Cell> Placed(WorksheetPart sheet)
    {
        var placed = new Dictionary<string, Cell>();
        var number = 0;
        foreach (var row in sheet.Worksheet.Descendants<Row>())
        {
            number = row.RowIndex is { } index ? (int)index.Value : number + 1;
            var column = 0;
            foreach (var cell in row.Elements<Cell>())
            {
                column = cell.CellReference is { } reference ? CellReference.Parse(reference.Value).Column : column + 1;
                placed.Add(CellReference.Of(column, number), cell);
            }
        }

        return placed;
    }

    public string Text(Cell cell)
    {
        if (cell.DataType is null || cell.DataType.Value == CellValues.Number)
        {
            return cell.CellValue?.Text ?? "";
        }

        if (cell.DataType.Value == CellValues.Boolean)
        {
            return "bool:" + cell.CellValue!.Text;
        }

        if (cell.DataType.Value == CellValues.String)
        {
            return "text:" + Unescaped(cell.CellValue!.Text);
        }

        return "text:" + Unescaped(cell.DataType.Value == CellValues.SharedString
            ? Workbook.SharedStringTablePart!.SharedStringTable.ElementAt(
                int.Parse(cell.CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)).InnerText
            : cell.InlineString!.InnerText);
    }

    private static string Unescaped(string text) =>
        Escape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escape();
}
