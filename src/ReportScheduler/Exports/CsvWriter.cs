using System.Buffers;
using System.Globalization;
using CsvHelper;
using ReportScheduler.Tasks;

namespace ReportScheduler.Exports;

/// <summary>Comma-separated values as in RFC 4180, one file per dataset, UTF-8.</summary>
/// <remarks>
/// The values are data: all their digits, in the task's culture, without number formats. NULL is an empty field, the empty text is <c>""</c>.
/// Text that a spreadsheet would run as a formula gets an apostrophe in front, unless the task says no; numbers never do.
/// </remarks>
internal sealed class CsvWriter(ReportDocument document) : IReportWriter
{
    // The first characters of formulas, the full-width ones of Japanese Excel included (OWASP, CSV Injection).
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    private readonly bool guard = !document.Task.NoFormulaGuard;
    private readonly bool invariant = document.Culture.Equals(CultureInfo.InvariantCulture);
    private readonly CellText text = new(document.Culture);
    private readonly DatasetFiles files = new(document, ReportFormat.Csv);
    private CsvHelper.CsvWriter? csv;
    private IReadOnlyList<LaidOutColumn> columns = [];

    public void Begin(string dataset, IReadOnlyList<ReportColumn> columns)
    {
        this.columns = ColumnLayout.Of(document, dataset, columns);
        var stream = files.Add(dataset).Stream;
        if (!document.Task.NoByteOrderMark)
        {
            stream.Write([0xEF, 0xBB, 0xBF]);
        }
        csv = CsvHelper.CsvWriter.Create(stream, new CsvWriterOptions { Separator = document.Task.Delimiter }, leaveOpen: true);
        foreach (var column in this.columns)
        {
            WriteText(column.Column.Header);
        }
        csv.EndRecord();
    }

    public void Write(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var cells = rows[row];
            foreach (var column in columns)
            {
                Write(cells[column.Column.Index]);
            }
            csv!.EndRecord();
        }
    }

    public void End(CancellationToken cancellation)
    {
        csv!.Dispose();
        csv = null;
    }

    public IReadOnlyList<string> Complete(CancellationToken cancellation) => files.Complete();

    public void Dispose()
    {
        files.Dispose();
    }

    private void Write(in Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                csv!.WriteField("", CsvQuoting.WhenNeeded);
                break;
            case CellKind.Text or CellKind.Json:
                WriteText(cell.Text);
                break;
            case CellKind.Binary:
                csv!.WriteField(text.Of(cell));
                break;
            case var _ when invariant:
                Span<char> characters = stackalloc char[64];
                csv!.WriteField(characters[..IsoText.Format(cell, characters, ' ')]);
                break;
            default:
                csv!.WriteField(text.Of(cell));
                break;
        }
    }

    private void WriteText(string value)
    {
        if (guard && value.Length > 0 && FormulaStarts.Contains(value[0]) && !IsNumber(value))
        {
            value = "'" + value;
        }
        csv!.WriteField(value, value.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }

    // A spreadsheet reads -5 and +1,234.50 as numbers, not as formulas.
    private bool IsNumber(string value) => double.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, document.Culture, out _);
}
