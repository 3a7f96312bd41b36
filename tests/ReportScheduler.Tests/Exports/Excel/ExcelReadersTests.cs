using System.Data;
using System.Globalization;
using ClosedXML.Excel;
using MiniExcelLibs;
using OfficeOpenXml;

namespace ReportScheduler.Tests.Exports.Excel;

/// <summary>Cells carry no references; each reader that people use must still find
/// every value in its place, NULLs between them or not.</summary>
public sealed class ExcelReadersTests : IDisposable
{
    private const int Columns = 6;
    private const int Rows = 64;
    private const int HeaderRow = 4;

    private readonly ExportFolder folder = new();

    public ExcelReadersTests()
    {
        var task = ExportFolder.Task(ReportFormat.Excel);
        task.TitleRows = true;
        using var table = Table();
        folder.Export(task, ("Sales", table.CreateDataReader()));
    }

    private string BookPath => Path.Combine(folder.Path, "sales.xlsx");

    [Fact]
    public void OpenXml_finds_every_cell()
    {
        using var book = new OpenedWorkbook(BookPath);
        Assert.Equal("", string.Join('\n', book.Errors()));
        var cells = book.Cells("Sales");
        Compare((row, column) =>
            cells.GetValueOrDefault($"{(char)('A' + column)}{HeaderRow + 1 + row}")?.Replace("text:", "", StringComparison.Ordinal) ?? "");
    }

    [Fact]
    public void MiniExcel_finds_every_cell()
    {
        var rows = MiniExcel.Query(BookPath, startCell: $"A{HeaderRow + 1}").Cast<IDictionary<string, object?>>().ToList();
        Compare((row, column) => Convert.ToString(rows[row][$"{(char)('A' + column)}"], CultureInfo.InvariantCulture)!);
    }

    [Fact]
    public void ClosedXML_finds_every_cell()
    {
        using var book = new XLWorkbook(BookPath);
        var sheet = book.Worksheet("Sales");
        Compare((row, column) => sheet.Cell(HeaderRow + 1 + row, column + 1).GetString());
    }

    [Fact]
    public void EPPlus_finds_every_cell()
    {
        using var package = new ExcelPackage(new FileInfo(BookPath));
        var cells = package.Workbook.Worksheets["Sales"].Cells;
        Compare((row, column) => Convert.ToString(cells[HeaderRow + 1 + row, column + 1].Value, CultureInfo.InvariantCulture)!);
    }

    [Fact]
    public void LibreOffice_finds_every_cell()
    {
        var lines = File.ReadAllLines(LibreOffice.Convert(BookPath, "csv"));
        Compare((row, column) => lines[HeaderRow + row].Split(',')[column]);
    }

    [Fact]
    public void Openpyxl_finds_every_cell()
    {
        const string Script = """
            import sys, openpyxl
            for mode in (False, True):
                for row in openpyxl.load_workbook(sys.argv[1], read_only=mode)["Sales"].iter_rows(min_row=int(sys.argv[2]), values_only=True):
                    print(",".join("" if value is None else str(value) for value in row))
            """;
        var lines = Python.Run("openpyxl", Script, BookPath, $"{HeaderRow + 1}");
        Compare((row, column) => lines[row].Split(',')[column]);
        Compare((row, column) => lines[Rows + row].Split(',')[column]);
    }

    public void Dispose() => folder.Dispose();

    private static void Compare(Func<int, int, string> read)
    {
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                Assert.Equal(Value(row, column) ?? "", read(row, column));
            }
        }
    }

    // Every pattern of NULLs in a row comes once, all of them in the first.
    private static string? Value(int row, int column) =>
        (row & (1 << column)) == 0 ? null : column % 2 == 0 ? $"{(row * 10) + column}" : $"r{row}c{column}";

    private static DataTable Table()
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        for (var column = 0; column < Columns; column++)
        {
            table.Columns.Add($"c{column}", column % 2 == 0 ? typeof(int) : typeof(string));
        }

        for (var row = 0; row < Rows; row++)
        {
            table.Rows.Add([.. Enumerable.Range(0, Columns).Select(column => Value(row, column))]);
        }

        return table;
    }
}
